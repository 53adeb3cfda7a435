internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Reads the errors of AsyncHTTPClient and SwiftNIO.
struct FailureReading {
    /// What was sent.
    let request: HTTPRequest
    /// Whether the head of an answer had come.
    let hasHead: Bool
    /// How long nothing may come; nil where the request's own time bounds the whole.
    var patience: Duration?

    /// The error that our callers see.
    func error(of cause: any Error) -> HTTPError {
        if let error = cause as? HTTPError { return error }
        let (code, said) = reading(of: cause)
        return HTTPError(code: code, message: said, underlying: cause)
    }

    private func reading(of cause: any Error) -> (HTTPError.Code, String) {
        switch cause {
        case is CancellationError: (.cancelled, "the request to \(target) was cancelled")
        case is PlainTimeout: (.timeout, "\(target) gave no whole answer within \(request.timeout)")
        case is UnsendableHeader:
            // The name or the value would print, and with it a key.
            (.invalidRequest, "a header of the request to \(target) holds a character that headers cannot have")
        case ChannelError.ioOnClosedChannel, is EventLoopError:
            (.shutDown, "the transport was shut down before the request to \(target)")
        case is ResponseTooLarge:
            (
                .responseTooLarge,
                "the answer of \(target) is longer than \(request.maximumResponseSize) bytes; ask for less, or allow more"
            )
        case let error as HTTPClientError: reading(of: error)
        case let error as NIOConnectionError: reading(of: error)
        case let error as IOError: reading(of: error)
        case is SocketAddressError: (.dnsFailure, "the host of \(origin) is not known; check the address")
        case ChannelError.connectTimeout: (.connectionFailed, noConnection)
        case is ChannelError: lost("the connection to \(target) was closed")
        case HTTPParserError.invalidEOFState: lost("the connection to \(target) was closed")
        case let error as HTTPParserError:
            (.invalidResponse, "\(target) answered something that is no HTTP (\(error)); is the address right?")
        default:
            // The types of TLS failures are not ours to import.
            String(reflecting: type(of: cause)).contains("SSL")
                ? (.tlsFailure, "no secure connection to \(origin): \(tlsReason(cause))")
                : (.other, "the request to \(target) failed: \(cause)")
        }
    }

    private func tlsReason(_ cause: any Error) -> String {
        let text = "\(cause)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return "its certificate is not trusted; check the address" }
        if text.contains("WRONG_VERSION_NUMBER") { return "it speaks no TLS at that port; use http://" }
        return "\(text); check its certificate, or use http://"
    }

    private func reading(of error: HTTPClientError) -> (HTTPError.Code, String) {
        switch error {
        case .cancelled, .requestStreamCancelled: (.cancelled, "the request to \(target) was cancelled")
        case .readTimeout, .writeTimeout:
            (.timeout, "the transfer with \(target) stood still for \(patience ?? request.timeout)")
        case .deadlineExceeded:
            (.timeout, "\(target) gave no whole answer within \(request.timeout)")
        case .connectTimeout, .getConnectionFromPoolTimeout: (.connectionFailed, noConnection)
        case .tlsHandshakeTimeout:
            (.tlsFailure, "no secure connection to \(origin) in time; does it speak TLS there?")
        case .remoteConnectionClosed: lost("\(target) closed the connection")
        case .alreadyShutdown: (.shutDown, "the transport was shut down before the request to \(target)")
        case .invalidURL, .emptyHost, .emptyScheme, .missingSocketPath: (.invalidURL, invalidURL)
        default:
            if error.description.contains("unsupportedScheme") {
                (.invalidURL, invalidURL)
            } else if error.description.contains("invalidHeader") {
                reading(of: UnsendableHeader())
            } else {
                (.other, "the request to \(target) failed: \(error.shortDescription)")
            }
        }
    }

    private func reading(of error: NIOConnectionError) -> (HTTPError.Code, String) {
        if let failure = error.connectionErrors.first {
            return reading(of: failure.error)
        }
        return (.dnsFailure, "the host '\(error.host)' is not known; check the address \(origin) and the network")
    }

    private func reading(of error: IOError) -> (HTTPError.Code, String) {
        switch error.errnoCode {
        case ECONNREFUSED:
            (.connectionRefused, "nothing listens at \(origin); start the server, or correct the address")
        case ECONNRESET, EPIPE, ENOTCONN, ECONNABORTED, EBADF: lost("the connection to \(target) broke", broke: true)
        case EMFILE, ENFILE:
            (.connectionFailed, "too many files are open for a connection to \(origin); raise `ulimit -n`")
        default: (.connectionFailed, "no connection to \(origin): \(error)")
        }
    }

    /// A connection that ended, before or within the answer.
    private func lost(_ what: String, broke: Bool = false) -> (HTTPError.Code, String) {
        hasHead
            ? (.truncatedBody, "\(what) within its answer")
            : (broke ? .connectionReset : .connectionClosed, "\(what) without an answer")
    }

    private var noConnection: String { "no connection to \(origin) in time; check the address and the network" }
    private var invalidURL: String {
        "'\(target)' is no address that can be asked; it must look like http://127.0.0.1:8000/v1"
    }
    private var target: String {
        let shown = Redaction.url(request.url)
        return String(shown.prefix { $0 != "?" })
    }
    /// The address up to the port.
    private var origin: String {
        let parts = target.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.count >= 3 ? parts[0...2].joined(separator: "/") : target
    }
}

/// A header holds a character that headers cannot have.
struct UnsendableHeader: Error {}
