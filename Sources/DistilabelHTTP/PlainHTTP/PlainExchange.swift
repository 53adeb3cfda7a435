internal import NIOCore
internal import Synchronization

/// A request on its way and who waits for the answer.
struct PlainExchange: Sendable {
    /// Tells it from all others of the client.
    let id: Int
    let request: HTTPRequest
    let address: PlainAddress
    let continuation: CheckedContinuation<HTTPResponse, any Error>
    /// Whether the waiting task was cancelled; may be set before the loop has seen the exchange.
    let cancellation: Cancellation
    /// Whether it was sent before, on a kept connection that the server had closed meanwhile.
    var isResent = false

    /// Set once by whoever cancels.
    final class Cancellation: Sendable {
        private let flag = Atomic(false)
        var isCancelled: Bool { flag.load(ordering: .acquiring) }
        func cancel() { flag.store(true, ordering: .releasing) }
    }
}

/// Why there is no whole answer, and whether its head had come.
struct PlainFailure: Error {
    let cause: any Error
    var hasHead = false
}

/// No whole answer in time.
struct PlainTimeout: Error {}
