public import DistilabelPipeline
public import DistilabelValues

/// A step made of a closure, for a program of one's own.
///
///     let upper = RowClosure(inputs: ["text"], outputs: ["loud"]) { row in
///         var row = row
///         row["loud"] = row["text"]?.stringValue.map { .string($0.uppercased()) }
///         return [row]
///     }
///     load >>> upper >>> format
///
/// A closure cannot be written to a file: saving a pipeline with one is an error that says so.
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

    /// Makes a step that reads a value of one type from each row and adds the columns of a value of another.
    ///
    ///     struct Text: Codable { var text: String }
    ///     struct Length: Codable { var length: Int }
    ///     let measure = RowClosure(inputs: ["text"], outputs: ["length"]) { (text: Text) in Length(length: text.text.count) }
    public init<Input: Decodable & SendableMetatype, Output: Encodable & SendableMetatype>(
        inputs: [InputColumn], outputs: [String], _ body: @escaping @Sendable (Input) async throws -> Output
    ) {
        self.init(inputs: inputs, outputs: outputs) { row in
            let made = try Row(encoding: try await body(row.decode(Input.self)))
            var new = row
            for (name, value) in zip(made.columns.names, made.values) { new[name] = value }
            return [new]
        }
    }

    /// Makes a step that keeps the rows of which something is true.
    public static func filter(
        inputs: [InputColumn] = [], _ isKept: @escaping @Sendable (Row) async throws -> Bool
    ) -> RowClosure {
        RowClosure(inputs: inputs) { row in try await isKept(row) ? [row] : [] }
    }

    /// What the closure makes of the row.
    public func process(_ row: Row, in context: StepContext) async throws -> [Row] { try await body(row) }

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
