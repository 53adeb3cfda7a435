public import DistilabelPipeline
public import DistilabelValues

/// Marks the rows that are near duplicates of others, by the scores of their nearest neighbours.
///
/// Rows are marked, not dropped, as in Python: a filter behind it decides.
public struct EmbeddingDedup: GlobalStep {
    /// The score above which a neighbour is a duplicate; a similarity, as the inner product of vectors of length 1 is.
    public var threshold: Double? = 0.9
    /// Whether the first of rows that are duplicates of each other is kept; Python keeps none of two rows that name each other.
    public var keepFirst = false

    /// Makes the step.
    ///
    /// - Parameters:
    ///   - threshold: The score above which a neighbour is a duplicate.
    ///   - keepFirst: Whether the first of rows that are duplicates of each other is kept.
    public init(threshold: Double = 0.9, keepFirst: Bool = false) {
        self.threshold = threshold
        self.keepFirst = keepFirst
    }

    /// The neighbours: their rows' numbers and scores.
    public var inputs: [InputColumn] { ["nn_indices", "nn_scores"] }
    /// Whether the row is to be kept.
    public var outputs: [String] { ["keep_row_after_embedding_filtering"] }

    /// A threshold that is missing.
    public func problems() -> [String] {
        threshold == nil ? ["`threshold` is null: give the score above which a neighbour is a duplicate"] : []
    }

    /// The rows with the mark.
    public func process(_ rows: [Row], in context: StepContext) async throws -> [Row] {
        var failures: [Int: RowFailure] = [:]
        var close: [[Int]] = []
        for (index, row) in rows.enumerated() {
            do {
                close.append(try closeNeighbours(of: row))
            } catch let failure as RowFailure {
                failures[index] = failure
                close.append([])
            }
        }
        let duplicates = keepFirst ? Self.laterOnes(of: close) : Set(close.joined())
        return rows.enumerated().map { index, row in
            var new = row
            if let failure = failures[index] {
                new.noteFailure(failure, of: context.stepName, outputs: outputs)
            } else {
                new[outputs[0]] = .bool(!duplicates.contains(index))
            }
            return new
        }
    }

    /// The neighbours above the threshold.
    private func closeNeighbours(of row: Row) throws -> [Int] {
        let indices = try row.list("nn_indices")
        let scores = try row.list("nn_scores")
        guard indices.count == scores.count else {
            throw RowFailure("`nn_indices` has \(indices.count) items and `nn_scores` \(scores.count)")
        }
        return try zip(indices, scores).compactMap { index, score in
            guard let index = index.intValue, let score = score.doubleValue else {
                throw RowFailure("`nn_indices` must hold whole numbers and `nn_scores` numbers")
            }
            return score > threshold ?? .infinity ? index : nil
        }
    }

    /// The rows that name an earlier one that is kept, or are named by it.
    private static func laterOnes(of close: [[Int]]) -> Set<Int> {
        var duplicates: Set<Int> = []
        for (index, neighbours) in close.enumerated() {
            if neighbours.contains(where: { $0 < index && !duplicates.contains($0) }) { duplicates.insert(index) }
            if !duplicates.contains(index) { duplicates.formUnion(neighbours.filter { $0 > index }) }
        }
        return duplicates
    }

    /// The defaults.
    public static var defaults: EmbeddingDedup { EmbeddingDedup() }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.filtering.embedding" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Marks the rows that are near duplicates of others, by the scores of their nearest neighbours.",
            discussion:
                "Wants scores that grow with likeness: FaissNearestNeighbour with `metric_type: 0` on vectors of length 1. Every row that another names as a neighbour above the threshold is marked, also both of two rows that name each other, unless `keep_first` is set.",
            parameters: [
                "threshold": "the score above which a neighbour is a duplicate",
                "keep_first":
                    "whether the first of rows that are duplicates of each other is kept; Python keeps none of two that name each other",
            ])
    }
}
