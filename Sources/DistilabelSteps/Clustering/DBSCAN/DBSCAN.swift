public import DistilabelPipeline
public import DistilabelValues

/// Finds clusters of rows that lie close together.
///
/// Method: Ester et al., "A Density-Based Algorithm for Discovering Clusters in Large Spatial Databases with Noise" (1996)
public struct DBSCAN: GlobalStep {
    /// The distance up to which points are neighbours.
    public var eps: Double? = 0.3
    /// How many points, itself included, a point must have within that distance to be in the middle of a cluster.
    public var minSamples: Int? = 30
    /// How distances are measured: `euclidean` (or `l2`), `sqeuclidean`, `manhattan` (or `l1`, `cityblock`), `chebyshev` or `cosine`.
    public var metric: String? = "euclidean"
    /// How many processors are used at most; -1 or null for all.
    public var nJobs: Int? = 8

    /// Makes the step.
    ///
    /// - Parameters:
    ///   - eps: The distance up to which points are neighbours.
    ///   - minSamples: How many neighbours, itself included, make a point the middle of a cluster.
    ///   - metric: How distances are measured.
    public init(eps: Double = 0.3, minSamples: Int = 30, metric: String = "euclidean") {
        self.eps = eps
        self.minSamples = minSamples
        self.metric = metric
    }

    /// The point.
    public var inputs: [InputColumn] { ["projection"] }
    /// The number of its cluster.
    public var outputs: [String] { ["cluster_label"] }

    private var distance: PointMetric? { PointMetric(metric ?? "euclidean") }

    /// Parameters out of range, a metric that there is not.
    public func problems() -> [String] {
        var problems: [String] = []
        if !((eps ?? 0.3) > 0) { problems.append("`eps` must be greater than 0, not \(eps ?? 0)") }
        if (minSamples ?? 30) < 1 { problems.append("`min_samples` must be at least 1, not \(minSamples ?? 0)") }
        if distance == nil { problems.append(PointMetric.problem(metric ?? "")) }
        return problems
    }

    /// The rows with their clusters' numbers, from 0 in the order of their first middles; -1 is noise.
    public func process(_ rows: [Row], in context: StepContext) async throws -> [Row] {
        let points = VectorRows<Double>(rows, column: "projection")
        let jobs = nJobs ?? -1
        let labels = try await DensityClustering(
            PointSearch(points.table, metric: distance ?? .euclidean, distance: eps ?? 0.3), minimum: minSamples ?? 30,
            workers: jobs < 0 ? nil : jobs
        ).labels()
        return points.completing(rows, outputs: outputs, step: context.stepName) { point in
            [("cluster_label", .int(labels[point]))]
        }
    }

    /// The defaults.
    public static var defaults: DBSCAN { DBSCAN() }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.clustering.dbscan" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Finds clusters of rows that lie close together.",
            discussion:
                "`cluster_label` is the cluster's number, from 0, or -1 for a row that is in none. The labels are those of scikit-learn.",
            parameters: [
                "eps": "the distance up to which points are neighbours",
                "min_samples":
                    "how many points, itself included, a point must have within that distance to be in the middle of a cluster",
                "metric": "how distances are measured: \(PointMetric.names)",
                "n_jobs": "how many processors are used at most; -1 for all",
            ],
            source: "https://dl.acm.org/doi/10.5555/3001460.3001507")
    }
}
