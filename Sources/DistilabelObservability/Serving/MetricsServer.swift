internal import FlyingFox
internal import FlyingSocks

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Serves the metrics of this process to a Prometheus on this machine: `GET /metrics` on 127.0.0.1, and nothing else.
public enum MetricsServer {
    /// The content type of the text exposition format.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// Does something while metrics are served; when it returns, throws or is cancelled, the port is closed.
    ///
    /// A server that fails on the way leaves `body` alone.
    ///
    /// - Parameters:
    ///   - factory: The metrics.
    ///   - port: The port; 0 for one that is free.
    ///   - body: What is done; it gets the port.
    /// - Throws: ``MetricsServerError`` when the port cannot be opened, and what `body` throws.
    public static func serving<Result>(
        _ factory: PrometheusMetricsFactory, port: UInt16 = 0, isolation: isolated (any Actor)? = #isolation,
        _ body: (UInt16) async throws -> Result
    ) async throws -> Result {
        let server = try makeServer(factory, port: port)
        return try await withThrowingTaskGroup(of: Void.self, isolation: isolation) { group in
            defer { group.cancelAll() }
            group.addTask { try await server.run() }
            group.addTask { try await server.waitUntilListening(timeout: 30) }
            do {
                // Whichever ends first: the wait, since it listens, or the server, since it cannot.
                try await group.next()
            } catch {
                try Task.checkCancellation()
                throw serverError(error, port: port)
            }
            return try await body(try await portNumber(of: server, wanted: port))
        }
    }

    private static func makeServer(_ factory: PrometheusMetricsFactory, port: UInt16) throws -> HTTPServer {
        let address = try sockaddr_in.inet(ip4: "127.0.0.1", port: port)
        return HTTPServer(
            address: address, timeout: 10, logger: .disabled,
            // Compared by ourselves: a route would match `/METRICS` too.
            handler: ClosureHTTPHandler { request in
                guard request.method == .GET, request.path == "/metrics" else {
                    return HTTPResponse(statusCode: .notFound)
                }
                return HTTPResponse(
                    statusCode: .ok, headers: [.contentType: contentType], body: Data(factory.text().utf8))
            })
    }

    private static func portNumber(of server: HTTPServer, wanted: UInt16) async throws -> UInt16 {
        if case .ip4(_, let port)? = await server.listeningAddress { return port }
        throw MetricsServerError(
            code: .failed, message: "the metrics' port \(wanted) closed as soon as it was open; try another port")
    }

    private static func serverError(_ error: any Error, port: UInt16) -> MetricsServerError {
        let place = "127.0.0.1:\(port)"
        if case .failed(_, let number, _)? = error as? SocketError {
            switch number {
            case EADDRINUSE:
                return MetricsServerError(
                    code: .portTaken,
                    message: "\(place) is taken by another program; choose another port for metrics, or 0 for any",
                    cause: error)
            case EACCES, EPERM:
                return MetricsServerError(
                    code: .notAllowed,
                    message: "the system does not allow \(place) for metrics; choose a port above 1023", cause: error)
            default: break
            }
        }
        return MetricsServerError(
            code: .failed, message: "metrics cannot be served on \(place): \(error)", cause: error)
    }
}
