internal import DistilabelPipeline
internal import DistilabelValues

/// Lets a step turn rows into rows, one or several (`replicas`) at once.
struct RowDriver: StepDriver {
    let step: any RowStep
    let work: StepWork
    let inlet: Inlet
    let outlet: Outlet

    func run() async throws {
        let width = max(1, work.member.options.resources.replicas)
        guard width == 1 else {
            return try await RowWorkers(work: work, inlet: inlet, outlet: outlet, width: width)
                .run { row, _ in try await process(row) }
        }
        while let packet = try await inlet.next() {
            work.events(.received(step: work.name, rows: packet.lineages.count))
            var made = Packet()
            made.dropped = packet.dropped
            for (index, lineage) in packet.lineages.enumerated() {
                made.append(try await process(packet.rows[index]), of: lineage)
            }
            try await outlet.send(made)
        }
    }

    private func process(_ row: Row) async throws -> [Row] {
        let inside = work.mapping.inside(row)
        do {
            return try await step.process(inside, in: work.context).map { work.mapping.outside($0, of: row) }
        } catch {
            if StepWork.endsRun(error) { throw error }
            return [work.mapping.outside(work.failed(inside, error), of: row)]
        }
    }
}
