public import DistilabelPipeline
public import DistilabelValues

/// Makes rows of lists: each row is a handful of the given rows, drawn at random with replacement.
///
/// So a task gets some examples at a time, as Self-Instruct and APIGen want them.
public struct DataSampler: GeneratorStep {
    /// The rows that are drawn from: objects, whose keys may differ.
    public var data: [Value]
    /// How many of them a row is made of.
    public var size = 2
    /// How many rows are made.
    public var samples = 100
    /// How many rows Python's makes at a time; of no effect, since rows flow one by one.
    public var batchSize = 50
    /// From what the draw starts: equal seeds give equal rows.
    ///
    /// Where it is null every run draws anew, so that a run that is resumed asks for everything again.
    public var seed: Int? = 42

    /// Makes the step.
    ///
    /// - Parameters:
    ///   - data: The rows that are drawn from; their keys may differ.
    ///   - size: How many of them a row is made of.
    ///   - samples: How many rows are made.
    ///   - seed: From what the draw starts; nil draws anew in every run.
    public init(data: [Value.Object], size: Int = 2, samples: Int = 100, seed: Int? = 42) {
        self.data = data.map(Value.object)
        self.size = size
        self.samples = samples
        self.seed = seed
    }

    private var load: LoadDataFromDicts {
        var load = LoadDataFromDicts(data: [])
        load.data = data
        return load
    }

    /// The keys of all rows, in order of their first mention.
    public var outputs: [String] { load.outputs }

    /// Nothing to draw from, something that is no row, or counts below one.
    public func problems() -> [String] {
        var problems = load.problems()
        if size < 1 { problems.append("`size` must be at least 1, not \(size)") }
        if samples < 1 { problems.append("`samples` must be at least 1, not \(samples)") }
        return problems
    }

    /// Gives the rows: under each column the list of what the drawn rows have there, null for a column that one does not have.
    public func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws {
        let objects = data.compactMap(\.objectValue)
        guard !objects.isEmpty else { return }
        let columns = Columns(outputs)
        var seeded = MersenneTwister(seed: UInt32(truncatingIfNeeded: seed ?? 0))
        var system = SystemRandomNumberGenerator()
        for _ in 0..<samples {
            let drawn = (0..<size).map { _ in
                let place =
                    seed == nil
                    ? Int.random(in: objects.indices, using: &system)
                    : Int(seeded.next(from: 0, through: UInt64(objects.count - 1)))
                return objects[place]
            }
            try await emit(
                Row(columns: columns, values: columns.names.map { name in .array(drawn.map { $0[name] ?? .null }) }))
        }
    }

    /// No rows yet; they must be given.
    public static var defaults: DataSampler { DataSampler(data: []) }
    /// The rows.
    public static var requiredKeys: [String] { ["data"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.generators.data_sampler" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Makes rows of lists, each of some of the given rows, drawn at random with replacement.",
            discussion: "Under each column stands the list of what the drawn rows have there.",
            parameters: [
                "data": "the rows that are drawn from, as a list of objects",
                "size": "how many of them a row is made of",
                "samples": "how many rows are made",
                "batch_size": "how many rows Python's makes at a time; of no effect, since rows flow one by one",
                "seed":
                    "from what the draw starts: equal seeds give equal rows, also in a run that is resumed; null draws anew in every run",
            ])
    }
}
