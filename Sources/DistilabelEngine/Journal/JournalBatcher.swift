internal import GRDB
internal import Synchronization

/// Gathers what many tasks want of a database, and does it in one transaction after the other: a group commit.
///
/// A task goes on once its own transaction is committed. While one transaction runs the next one fills, so the more tasks there are the
/// cheaper each of their commits is.
final class JournalBatcher: Sendable {
    /// Something to do in a transaction, and what to do behind it.
    private struct Job: Sendable {
        let perform: @Sendable (Database) throws -> Void
        let finish: @Sendable ((any Error)?) -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var isWorking = false
    }

    private let queue: DatabaseQueue
    private let state = Mutex(State())

    /// So many jobs go into one transaction at most, so that the first of them need not wait long.
    private static let limit = 1024

    init(_ queue: DatabaseQueue) { self.queue = queue }

    /// Does something in the next transaction; returns when that is committed.
    func perform<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
        let box = OutcomeBox<Result>()
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let job = Job { database in
                box.store(try body(database))
            } finish: { error in
                if let error { continuation.resume(throwing: error) } else { continuation.resume() }
            }
            let starts = state.withLock { state in
                state.waiting.append(job)
                defer { state.isWorking = true }
                return !state.isWorking
            }
            if starts { queue.asyncWriteWithoutTransaction { [self] in work($0) } }
        }
        return try box.take()
    }

    private func work(_ database: Database) {
        while true {
            let jobs = state.withLock { state -> [Job] in
                let jobs = Array(state.waiting.prefix(Self.limit))
                state.waiting.removeFirst(jobs.count)
                if jobs.isEmpty { state.isWorking = false }
                return jobs
            }
            if jobs.isEmpty { return }
            do {
                try database.inTransaction(.immediate) {
                    for job in jobs { try job.perform(database) }
                    return .commit
                }
                for job in jobs { job.finish(nil) }
            } catch {
                for job in jobs { job.finish(error) }
            }
        }
    }
}

/// Carries what a job found out of its transaction.
private final class OutcomeBox<Result: Sendable>: Sendable {
    private let result = Mutex<Result?>(nil)

    func store(_ result: Result) { self.result.withLock { $0 = result } }

    func take() throws -> Result {
        guard let result = result.withLock({ $0 }) else { throw CancellationError() }
        return result
    }
}
