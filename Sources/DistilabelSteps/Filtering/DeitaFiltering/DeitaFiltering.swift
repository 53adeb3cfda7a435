public import DistilabelPipeline
public import DistilabelValues

/// Picks the best rows that differ enough: those of high scores first, where no other row is too near.
///
/// Method: "What Makes Good Data for Alignment?", https://arxiv.org/abs/2312.15685
public struct DeitaFiltering: GlobalStep {
    /// How the distance of two embeddings is measured.
    public enum DistanceMetric: String, Sendable, Hashable, Codable, CaseIterable {
        /// 1 minus the inner product, which is the cosine of the angle for embeddings of length 1.
        case cosine
        /// The sum of the differences.
        case manhattan
    }

    /// The most rows to keep; must be given.
    public var dataBudget: Int?
    /// The distance that a kept row has to its nearest neighbour at least.
    public var diversityThreshold: Double? = 0.9
    /// Whether embeddings are brought to length 1 before distances are measured.
    public var normalizeEmbeddings: Bool? = true
    /// How the distance of two embeddings is measured.
    public var distanceMetric: DistanceMetric? = .cosine

    /// Makes the step.
    ///
    /// - Parameters:
    ///   - dataBudget: The most rows to keep.
    ///   - diversityThreshold: The distance that a kept row has to its nearest neighbour at least.
    ///   - normalizeEmbeddings: Whether embeddings are brought to length 1 before distances are measured.
    ///   - distanceMetric: How the distance of two embeddings is measured.
    public init(
        dataBudget: Int?, diversityThreshold: Double = 0.9, normalizeEmbeddings: Bool = true,
        distanceMetric: DistanceMetric = .cosine
    ) {
        self.dataBudget = dataBudget
        self.diversityThreshold = diversityThreshold
        self.normalizeEmbeddings = normalizeEmbeddings
        self.distanceMetric = distanceMetric
    }

    /// The scores and the embedding.
    public var inputs: [InputColumn] { ["evol_instruction_score", "evol_response_score", "embedding"] }
    /// The score, of what it was made, and the distance to the nearest other row.
    public var outputs: [String] { ["deita_score", "deita_score_computed_with", "nearest_neighbor_distance"] }

    /// A budget that is missing or below one.
    public func problems() -> [String] {
        guard let dataBudget else { return ["`data_budget` is not set: give the number of rows to keep"] }
        return dataBudget < 1 ? ["`data_budget` must be at least 1, not \(dataBudget)"] : []
    }

    /// The rows that are kept, the best first; behind them those that could not be judged, with the reason.
    public func process(_ rows: [Row], in context: StepContext) async throws -> [Row] {
        let vectors = VectorRows<Double>(rows, column: "embedding")
        let distances = try await nearestDistances(of: vectors.table)
        let scores = vectors.positions.map { Self.score(of: rows[$0]) }
        let judged = vectors.completing(rows, outputs: outputs, step: context.stepName) { vector in
            [
                ("deita_score", .double(scores[vector].score)),
                ("deita_score_computed_with", .array(scores[vector].columns.map(Value.string))),
                ("nearest_neighbor_distance", .double(distances[vector])),
            ]
        }
        // Equal scores keep the order of the input.
        let order = scores.indices.sorted { (scores[$1].score, $0) < (scores[$0].score, $1) }
        let kept = order.lazy.filter { distances[$0] >= diversityThreshold ?? 0.9 }.prefix(dataBudget ?? 0)
        return kept.map { judged[vectors.positions[$0]] } + vectors.failures.keys.sorted().map { judged[$0] }
    }

    /// The product of the scores; where one is missing or zero, the other one.
    private static func score(of row: Row) -> (score: Double, columns: [String]) {
        let known = ["evol_instruction_score", "evol_response_score"].compactMap { column in
            row[column]?.doubleValue.flatMap { $0 == 0 ? nil : (column, $0) }
        }
        return (known.isEmpty ? 0 : known.reduce(1) { $0 * $1.1 }, known.map(\.0))
    }

    /// How far away the nearest other vector is; infinity where there is none.
    private func nearestDistances(of table: VectorTable<Double>) async throws -> [Double] {
        let table = normalizeEmbeddings ?? true ? table.normalized() : table
        let isCosine = (distanceMetric ?? .cosine) == .cosine
        let found = try await PieceQueue.share(table.count) { queue in
            var found: [(Int, Double)] = []
            while let vector = try await queue.take() {
                var nearest = Double.infinity
                for other in 0..<table.count where other != vector {
                    let distance =
                        isCosine
                        ? 1 - VectorMath.dot(table[vector], table[other], table.stride)
                        : VectorMath.sumOfDifferences(table[vector], table[other], table.stride)
                    nearest = min(nearest, distance)
                }
                found.append((vector, nearest))
            }
            return found
        }
        var distances = Array(repeating: Double.infinity, count: table.count)
        for (vector, distance) in found.joined() { distances[vector] = distance }
        return distances
    }

    /// The defaults; the budget must be given.
    public static var defaults: DeitaFiltering { DeitaFiltering(dataBudget: nil) }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.deita" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Picks the best rows that differ enough: those of high scores first, where no other is too near.",
            discussion:
                "A row's score is the product of its two scores, or the one that it has; a row goes on when its nearest neighbour among all rows is as far away as `diversity_threshold`, until `data_budget` rows did.",
            parameters: [
                "data_budget": "the most rows to keep; must be given",
                "diversity_threshold": "the distance that a kept row has to its nearest neighbour at least",
                "normalize_embeddings": "whether embeddings are brought to length 1 before distances are measured",
                "distance_metric": "how the distance of two embeddings is measured: cosine or manhattan",
            ],
            source: "https://arxiv.org/abs/2312.15685")
    }
}
