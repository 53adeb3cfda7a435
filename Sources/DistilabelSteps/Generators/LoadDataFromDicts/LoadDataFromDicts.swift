public import DistilabelPipeline
public import DistilabelValues

/// Makes the rows that it is given.
public struct LoadDataFromDicts: GeneratorStep {
    /// The rows: objects, whose keys may differ.
    public var data: [Value]
    /// How many rows Python's makes at a time; of no effect, since rows flow one by one.
    public var batchSize = 50

    /// Makes the step.
    ///
    /// - Parameters:
    ///   - data: The rows; their keys may differ.
    ///   - batchSize: Of no effect.
    public init(data: [Value.Object], batchSize: Int = 50) {
        self.data = data.map(Value.object)
        self.batchSize = batchSize
    }

    /// Makes the step of instances of a type; the properties are the columns.
    ///
    ///     struct Topic: Codable { var input: String }
    ///     let load = try LoadDataFromDicts(encoding: [Topic(input: "prime numbers"), Topic(input: "fractions")])
    ///
    /// - Throws: `ValueCodingError` when an instance is no object.
    public init(encoding instances: some Sequence<some Encodable>) throws {
        self.init(data: try instances.map { try Row(encoding: $0).object })
    }

    /// The keys of all rows, in order of their first mention.
    public var outputs: [String] {
        var names: [String] = []
        var known: Set<String> = []
        for case .object(let row) in data {
            for name in row.keys where !known.contains(name) {
                known.insert(name)
                names.append(name)
            }
        }
        return names
    }

    /// Nothing to load, or something that is no row.
    public func problems() -> [String] {
        if data.isEmpty { return ["`data` is empty, so there is nothing to do: give it at least one row"] }
        for (index, row) in data.enumerated() {
            guard case .object = row else {
                return [
                    "`data[\(index)]` is no row but \(Self.article(row.kindName)): write an object with a value a column, such as `{input: …}`"
                ]
            }
        }
        return []
    }

    private static func article(_ kind: String) -> String {
        (kind.first.map { "aeiou".contains($0) } == true ? "an " : "a ") + kind
    }

    /// Gives the rows; a column that a row does not have is null in it.
    public func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws {
        let columns = Columns(outputs)
        for case .object(let object) in data {
            try await emit(Row(columns: columns, values: columns.names.map { object[$0] ?? .null }))
        }
    }

    /// No rows yet; they must be given.
    public static var defaults: LoadDataFromDicts { LoadDataFromDicts(data: []) }
    /// The rows.
    public static var requiredKeys: [String] { ["data"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.generators.data" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Makes the rows that it is given.",
            discussion: "Rows may have different keys; a column that a row does not have is null in it.",
            parameters: [
                "data": "the rows, as a list of objects",
                "batch_size": "how many rows Python's makes at a time; of no effect, since rows flow one by one",
            ])
    }
}
