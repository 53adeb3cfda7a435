internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Work in numbered pieces that several workers take one after another.
final class PieceQueue: Sendable {
    private let next = Atomic(0)
    private let count: Int

    private init(count: Int) { self.count = count }

    /// The next piece; nil when all are taken.
    ///
    /// Before that it lets others work: there are no more threads than processors, and somebody must be able to stop the run.
    ///
    /// - Throws: `CancellationError` when the run ends.
    func take() async throws -> Int? {
        await Task.yield()
        try Task.checkCancellation()
        let piece = next.add(1, ordering: .relaxed).oldValue
        return piece < count ? piece : nil
    }

    /// Lets several workers take all pieces.
    ///
    /// - Parameters:
    ///   - pieces: How many pieces there are.
    ///   - workers: How many work at once; nil for as many as there are processors.
    ///   - work: Takes pieces until there are none, and returns what it made of them.
    static func share<Made: Sendable>(
        _ pieces: Int, among workers: Int? = nil, _ work: @escaping @Sendable (PieceQueue) async throws -> Made
    ) async throws -> [Made] {
        let queue = PieceQueue(count: pieces)
        let width = min(max(1, workers ?? processors), max(1, pieces))
        return try await withThrowingTaskGroup(of: Made.self) { group in
            for _ in 0..<width { group.addTask { try await work(queue) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// How many processors there are.
    static var processors: Int { ProcessInfo.processInfo.activeProcessorCount }
}
