public import DistilabelPipeline
public import DistilabelValues

/// Finds the rows whose embeddings are nearest to each row's.
///
/// It bears the name and the parameters of Python's step; faiss itself is not used.
public struct FaissNearestNeighbour: GlobalStep {
    /// Python's graphics card; of no effect, since the search runs on the processor.
    public var device: Value = .null
    /// The kind of the search, in faiss' words: `Flat` is exact, `IVF256,Flat` approximate; exact where not set.
    public var stringFactory: String?
    /// How nearness is measured, as faiss numbers it: 0 the inner product, 1 the square of the Euclidean distance.
    public var metricType: Int?
    /// How many neighbours a row gets.
    public var k: Int? = 1
    /// How many rows Python searches for at a time; of no effect.
    public var searchBatchSize: Int? = 50
    /// How many vectors an approximate search learns its cells from; all that it needs where not set.
    public var trainSize: Int?
    /// How many cells an approximate search looks into; a sixteenth of them where not set.
    public var nProbe: Int?

    /// Makes the step.
    ///
    /// - Parameters:
    ///   - k: How many neighbours a row gets.
    ///   - metricType: 0 for the inner product, 1 or nil for the square of the Euclidean distance.
    ///   - stringFactory: The kind of the search; nil for the exact one.
    ///   - nProbe: How many cells an approximate search looks into.
    public init(k: Int = 1, metricType: Int? = nil, stringFactory: String? = nil, nProbe: Int? = nil) {
        self.k = k
        self.metricType = metricType
        self.stringFactory = stringFactory
        self.nProbe = nProbe
    }

    /// The embedding.
    public var inputs: [InputColumn] { ["embedding"] }
    /// The neighbours' numbers and scores.
    public var outputs: [String] { ["nn_indices", "nn_scores"] }

    private var metric: VectorMetric? { VectorMetric(rawValue: metricType ?? VectorMetric.squaredL2.rawValue) }

    /// A metric or a kind of search that there is not, or counts out of range.
    public func problems() -> [String] {
        var problems: [String] = []
        if metric == nil {
            problems.append(
                "`metric_type` \(metricType ?? 0) is not supported: 0 is the inner product, 1 the square of the Euclidean distance"
            )
        }
        if (k ?? 1) < 1 { problems.append("`k` must be at least 1, not \(k ?? 1)") }
        if let nProbe, nProbe < 1 { problems.append("`n_probe` must be at least 1, not \(nProbe)") }
        if let trainSize, trainSize < 1 { problems.append("`train_size` must be at least 1, not \(trainSize)") }
        do {
            _ = try SearchKind(stringFactory)
        } catch {
            problems.append("`string_factory` \(error)")
        }
        return problems
    }

    /// The rows with their neighbours, the nearest first, never a row itself.
    public func process(_ rows: [Row], in context: StepContext) async throws -> [Row] {
        let vectors = VectorRows<Float>(rows, column: "embedding")
        let metric = metric ?? .squaredL2
        let found: NeighbourLists
        switch try SearchKind(stringFactory) {
        case .exact: found = try await PairSearch(vectors.table, metric: metric).neighbours(k ?? 1)
        case .cells(let cells):
            let search = try await CellSearch(vectors.table, metric: metric, cells: cells, trainSize: trainSize)
            found = try await search.neighbours(k ?? 1, probing: nProbe ?? max(1, cells / 16))
        }
        return vectors.completing(rows, outputs: outputs, step: context.stepName) { vector in
            let list = found.list(of: vector)
            return [
                ("nn_indices", .array(list.map { .int(vectors.positions[$0.neighbour]) })),
                ("nn_scores", .array(list.map { .double(Double(metric.score(ofDistance: $0.distance))) })),
            ]
        }
    }

    /// The defaults.
    public static var defaults: FaissNearestNeighbour { FaissNearestNeighbour() }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.embeddings.nearest_neighbour" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Finds the rows whose embeddings are nearest to each row's.",
            discussion:
                "`nn_indices` holds the neighbours' numbers among the rows that came in, the nearest first, `nn_scores` how near they are. A row is never its own neighbour; where there are fewer rows than `k`, the lists are shorter.",
            parameters: [
                "device": "Python's graphics card; of no effect",
                "string_factory":
                    "the kind of the search: Flat (or not set) is exact, IVF<cells>,Flat is approximate",
                "metric_type":
                    "how nearness is measured: 0 the inner product, 1 (or not set) the square of the Euclidean distance",
                "k": "how many neighbours a row gets",
                "search_batch_size": "how many rows Python searches for at a time; of no effect",
                "train_size": "how many vectors an approximate search learns its cells from",
                "n_probe": "how many cells an approximate search looks into; a sixteenth of them where not set",
            ],
            source: "https://arxiv.org/abs/2401.08281")
    }
}
