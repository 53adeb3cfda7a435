internal import DistilabelModels
internal import DistilabelPipeline
internal import DistilabelValues

/// Gets vectors for rows, of several batches at once; the rows of a batch go on as soon as it is answered.
///
/// A batch is of what is ready, up to `input_batch_size`: nobody waits for a batch to fill up, but what comes while all are busy makes the
/// next ones fuller.
struct EmbeddingDriver: StepDriver {
    let step: any EmbeddingStep
    let asker: EmbeddingAsker
    let work: StepWork
    let inlet: Inlet
    let outlet: Outlet

    func run() async throws {
        let batches = Channel<Packet>(capacity: asker.width)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await distribute(to: batches) }
            for _ in 0..<asker.width {
                group.addTask {
                    while let batch = try await batches.receive() { try await outlet.send(process(batch)) }
                }
            }
            try await group.waitForAllOrFirstError()
        }
    }

    private func distribute(to batches: Channel<Packet>) async throws {
        let size = max(1, work.member.options.inputBatchSize)
        while let packet = try await inlet.next() {
            work.events(.received(step: work.name, rows: packet.lineages.count))
            try await outlet.send(Packet(rows: RowChunk(), lineages: [], dropped: packet.dropped))
            for start in stride(from: 0, to: packet.lineages.count, by: size) {
                let range = start..<min(packet.lineages.count, start + size)
                try await batches.send(
                    Packet(rows: packet.rows.selecting(range), lineages: Array(packet.lineages[range])))
            }
        }
        batches.finish()
    }

    private func process(_ batch: Packet) async throws -> Packet {
        let rows = batch.rows.rows
        var made = rows.map(work.mapping.inside)
        var asked: [(row: Int, question: EmbeddingAsker.Question)] = []
        for index in made.indices {
            do {
                let text = try step.text(of: made[index])
                asked.append((index, EmbeddingAsker.Question(text: text, identity: batch.lineages[index].identity)))
            } catch {
                made[index] = work.failed(made[index], error)
            }
        }
        let vectors = asked.isEmpty ? [] : try await asker.vectors(of: asked.map(\.question))
        for ((index, _), vector) in zip(asked, vectors) {
            switch vector {
            case .success(let numbers):
                for (name, value) in step.columns(of: numbers, modelName: asker.modelName) { made[index][name] = value }
            case .failure(let error): made[index] = work.failed(made[index], error)
            }
        }
        let outside = zip(made, rows).map { work.mapping.outside($0, of: $1) }
        return Packet(rows: RowChunk(outside), lineages: batch.lineages)
    }
}
