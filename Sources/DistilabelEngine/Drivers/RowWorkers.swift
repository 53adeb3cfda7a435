internal import DistilabelValues

/// Works on several rows at once; each row's outcome goes on as soon as it is ready.
struct RowWorkers: Sendable {
    let work: StepWork
    let inlet: Inlet
    let outlet: Outlet
    /// How many rows are worked on at once.
    let width: Int

    /// A row that waits for a worker.
    private struct Job: Sendable {
        let row: Row
        let lineage: Lineage
    }

    /// Takes all rows of the inlet.
    ///
    /// - Parameter process: Turns a row into rows; the number tells the row from others in every run.
    func run(_ process: @escaping @Sendable (_ row: Row, _ identity: UInt64) async throws -> [Row]) async throws {
        let jobs = Channel<Job>(capacity: width)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await distribute(to: jobs) }
            for _ in 0..<width {
                group.addTask {
                    while let job = try await jobs.receive() {
                        try await outlet.send(Packet(try await process(job.row, job.lineage.identity), of: job.lineage))
                    }
                }
            }
            try await group.waitForAllOrFirstError()
        }
    }

    private func distribute(to jobs: Channel<Job>) async throws {
        while let packet = try await inlet.next() {
            work.events(.received(step: work.name, rows: packet.lineages.count))
            if !packet.dropped.isEmpty {
                try await outlet.send(Packet(rows: RowChunk(), lineages: [], dropped: packet.dropped))
            }
            for (index, lineage) in packet.lineages.enumerated() {
                try await jobs.send(Job(row: packet.rows[index], lineage: lineage))
            }
        }
        jobs.finish()
    }
}

extension ThrowingTaskGroup where ChildTaskResult == Void {
    /// Waits for all tasks; the first error is thrown at once, which cancels the others (`waitForAll` would wait for them to end).
    mutating func waitForAllOrFirstError() async throws {
        while try await next() != nil {}
    }
}
