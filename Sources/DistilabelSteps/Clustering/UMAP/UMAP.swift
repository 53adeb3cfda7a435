public import DistilabelPipeline
public import DistilabelValues

/// Projects embeddings into a few dimensions so that what is near stays near.
///
/// Method: McInnes, Healy and Melville, "UMAP: Uniform Manifold Approximation and Projection", https://arxiv.org/abs/1802.03426
public struct UMAP: GlobalStep {
    /// How many dimensions the projection has.
    public var nComponents: Int? = 2
    /// How distances between embeddings are measured: `euclidean` (or `l2`), `sqeuclidean`, `manhattan` (or `l1`, `cityblock`), `chebyshev` or `cosine`.
    public var metric: String? = "euclidean"
    /// How many processors look for neighbours at most; -1 or null for all.
    public var nJobs: Int? = 8
    /// From what the random choices start; equal rows give equal projections, also where it is not set.
    public var randomState: Int?

    /// Makes the step.
    ///
    /// - Parameters:
    ///   - nComponents: How many dimensions the projection has.
    ///   - metric: How distances between embeddings are measured.
    ///   - randomState: From what the random choices start.
    public init(nComponents: Int = 2, metric: String = "euclidean", randomState: Int? = nil) {
        self.nComponents = nComponents
        self.metric = metric
        self.randomState = randomState
    }

    /// The embedding.
    public var inputs: [InputColumn] { ["embedding"] }
    /// The projection.
    public var outputs: [String] { ["projection"] }

    private var distance: PointMetric? { PointMetric(metric ?? "euclidean") }

    /// Parameters out of range, a metric that there is not.
    public func problems() -> [String] {
        var problems: [String] = []
        if !(1...100).contains(nComponents ?? 2) {
            problems.append("`n_components` must be from 1 to 100, not \(nComponents ?? 0)")
        }
        if let randomState, UInt32(exactly: randomState) == nil {
            problems.append("`random_state` must be from 0 to 4294967295, not \(randomState)")
        }
        if distance == nil { problems.append(PointMetric.problem(metric ?? "")) }
        return problems
    }

    /// The rows with their projections.
    public func process(_ rows: [Row], in context: StepContext) async throws -> [Row] {
        let vectors = VectorRows<Float>(rows, column: "embedding")
        let projection = ManifoldProjection(
            dimensions: nComponents ?? 2, seed: UInt32(truncatingIfNeeded: randomState ?? 42))
        let jobs = nJobs ?? -1
        let points = try await projection.points(
            of: vectors.table, metric: distance ?? .euclidean, workers: jobs < 0 ? nil : jobs)
        return vectors.completing(rows, outputs: outputs, step: context.stepName) { vector in
            [("projection", .array(points[vector].map { .double(Double($0)) }))]
        }
    }

    /// The defaults.
    public static var defaults: UMAP { UMAP() }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.clustering.umap" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Projects embeddings into a few dimensions so that what is near stays near.",
            discussion:
                "With umap-learn's defaults: 15 neighbours, a least distance of 0.1. The points are not those of umap-learn, but as true to the neighbourhoods.",
            parameters: [
                "n_components": "how many dimensions the projection has",
                "metric": "how distances between embeddings are measured: \(PointMetric.names)",
                "n_jobs": "how many processors look for neighbours at most; -1 for all",
                "random_state":
                    "from what the random choices start; equal rows give equal projections, also where it is not set",
            ],
            source: "https://arxiv.org/abs/1802.03426")
    }
}
