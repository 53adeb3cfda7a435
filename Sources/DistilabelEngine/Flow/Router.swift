internal import DistilabelPipeline
internal import DistilabelValues

/// Shares out the rows of a step among those that follow, as its routing function says.
///
/// A batch is made of the rows that stem from so many of the rows that entered the graph, whatever came of them on the way; so the choice depends on nothing
/// that differs from run to run. Where a row does not go its lineage goes, as that of a row that was dropped.
struct Router: Sendable {
    private let function: any RoutingFunction
    private let step: String
    private let successors: [String]
    private let batchSize: Int
    private let seed: UInt64

    /// Nil where no routing function stands behind the step.
    init?(behind member: Pipeline.Member, in pipeline: Pipeline) {
        guard let function = pipeline.routing[member.name] else { return nil }
        self.function = function
        step = member.name
        successors = pipeline.successors(of: member.name)
        batchSize = max(1, (member.step as? any GeneratorStep)?.batchSize ?? member.options.inputBatchSize)
        var hash = StableHash()
        hash.add(pipeline.name)
        hash.add(member.name)
        seed = hash.value
    }

    /// What of a packet goes to each of the steps that follow, in their order.
    ///
    /// - Throws: `PipelineError` where the function names no step, or one that does not follow; what the function throws.
    func parts(of packet: Packet) throws -> [Packet] {
        var chosen: [Int: Set<String>] = [:]
        func targets(of lineage: Lineage) throws -> Set<String> {
            let number = lineage.root / batchSize
            if let known = chosen[number] { return known }
            let targets = try choose(number)
            chosen[number] = targets
            return targets
        }
        var indices = Array(repeating: [Int](), count: successors.count)
        var parts = Array(
            repeating: Packet(rows: RowChunk(), lineages: [], dropped: packet.dropped), count: successors.count)
        for (index, lineage) in packet.lineages.enumerated() {
            let targets = try targets(of: lineage)
            for (place, name) in successors.enumerated() {
                if targets.contains(name) { indices[place].append(index) } else { parts[place].dropped.append(lineage) }
            }
        }
        for place in parts.indices {
            parts[place].rows = packet.rows.selecting(indices[place])
            parts[place].lineages = indices[place].map { packet.lineages[$0] }
        }
        return parts
    }

    private func choose(_ number: Int) throws -> Set<String> {
        let batch = RoutedBatch(number: number, seed: StableHash.mix(seed, UInt64(number)))
        let names = try function.steps(for: batch, of: successors)
        let stranger = names.first { !successors.contains($0) }
        guard stranger == nil, !names.isEmpty else {
            let list = successors.map { "'\($0)'" }.joined(separator: ", ")
            throw PipelineError(
                "its routing function sent a batch to \(stranger.map { "'\($0)'" } ?? "no step"): it must name at least one of \(list)",
                step: step)
        }
        return Set(names)
    }
}
