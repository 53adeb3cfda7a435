public import DistilabelPipeline
public import DistilabelValues

/// A step made of a closure, for a program of one's own.
///
///     let loud = RowClosure.map(inputs: ["text"], outputs: ["loud"]) { row in
///         var row = row
///         row["loud"] = .string(try row.text("text").uppercased())
///         return row
///     }
///     let long = RowClosure.filter(inputs: ["text"]) { row in try row.text("text").count > 80 }
///     load >>> long >>> loud.named("loud") >>> format
///
/// What a closure throws becomes the failure of its row. A closure cannot be written to a file: saving a pipeline with one is an error
/// that says so.
public struct RowClosure: RowStep {
    /// The columns that it reads.
    public let inputs: [InputColumn]
    /// The columns that it makes.
    public let outputs: [String]
    private let body: @Sendable (Row) async throws -> [Row]

    /// Makes a step that turns a row into any number of rows.
    ///
    /// - Parameters:
    ///   - inputs: The columns that it reads.
    ///   - outputs: The columns that it makes.
    ///   - body: Turns a row into rows; what it throws becomes the row's failure.
    public init(
        inputs: [InputColumn] = [], outputs: [String] = [], _ body: @escaping @Sendable (Row) async throws -> [Row]
    ) {
        self.inputs = inputs
        self.outputs = outputs
        self.body = body
    }

    /// What the closure makes of the row.
    public func process(_ row: Row, in context: StepContext) async throws -> [Row] { try await body(row) }
}

// MARK: - Spellings

extension RowClosure {
    /// Makes a step that turns a row into another.
    ///
    /// - Parameters:
    ///   - inputs: The columns that it reads.
    ///   - outputs: The columns that it makes.
    ///   - body: Gives the row that goes on: the one that came, changed, or a new one.
    public static func map(
        inputs: [InputColumn] = [], outputs: [String] = [], _ body: @escaping @Sendable (Row) async throws -> Row
    ) -> RowClosure {
        RowClosure(inputs: inputs, outputs: outputs) { row in [try await body(row)] }
    }

    /// Makes a step that keeps the rows of which something is true.
    public static func filter(
        inputs: [InputColumn] = [], _ isKept: @escaping @Sendable (Row) async throws -> Bool
    ) -> RowClosure {
        RowClosure(inputs: inputs) { row in try await isKept(row) ? [row] : [] }
    }

    /// Makes a step that reads a value of one type from each row and adds the columns of a value of another.
    ///
    ///     struct Text: Codable { var text: String }
    ///     struct Length: Codable { var length: Int }
    ///     let measure = RowClosure(inputs: ["text"], outputs: ["length"]) { (text: Text) in
    ///         Length(length: text.text.count)
    ///     }
    ///
    /// - Parameters:
    ///   - inputs: The columns that it reads; those that are optional properties of the type may be `.optional("name")`.
    ///   - outputs: The columns that it makes.
    ///   - keyStyle: How the names of properties stand as columns; `.snakeCase` makes `modelName` of the column `model_name`.
    ///   - body: Gives the new columns.
    public init<Input: Decodable & SendableMetatype, Output: Encodable & SendableMetatype>(
        inputs: [InputColumn], outputs: [String], keyStyle: KeyStyle = .asWritten,
        _ body: @escaping @Sendable (Input) async throws -> Output
    ) {
        self.init(inputs: inputs, outputs: outputs) { row in
            let made = try Row(
                encoding: try await body(row.decode(Input.self, keyStyle: keyStyle)), keyStyle: keyStyle)
            var new = row
            new.set(zip(made.columns.names, made.values).map { ($0, $1) })
            return [new]
        }
    }
}

// MARK: - Files

extension RowClosure {
    /// Always an error: a closure cannot be read.
    public init(from decoder: any Decoder) throws { throw Self.error }
    /// Always an error: a closure cannot be written.
    public func encode(to encoder: any Encoder) throws { throw Self.error }

    private static var error: ValueCodingError {
        ValueCodingError(
            code: .invalid, path: "",
            message: "a step made of a closure cannot stand in a file: make it a type of your own, and register that")
    }

    /// A step that passes rows on.
    public static var defaults: RowClosure { RowClosure { [$0] } }
}
