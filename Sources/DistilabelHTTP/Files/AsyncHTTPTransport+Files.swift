internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

extension AsyncHTTPTransport: HTTPFileTransport {
    /// Sends a part of a file, read as the connection takes it.
    ///
    /// No time bounds the whole, but the time without any progress does (`stallTimeout`).
    public func send(_ request: HTTPRequest, body slice: FileSlice) async throws(HTTPError) -> HTTPResponse {
        try await exchange(request) { prepared in
            prepared.body = .stream(FileSliceBytes(slice: slice), length: .known(Int64(slice.count)))
        } body: { response, body in
            try await Self.collect(body, into: &response, limit: request.maximumResponseSize)
        }
    }

    /// Sends a request and hands the body of a success over as it comes.
    ///
    /// No time bounds the whole, but the time without any progress does (`stallTimeout`).
    public func stream(
        _ request: HTTPRequest, receive: (_ head: HTTPResponse, _ bytes: UnsafeRawBufferPointer) throws -> Void
    ) async throws -> HTTPResponse {
        var thrown: (any Error)?
        do {
            return try await exchange(request) { prepared in
                if !request.body.isEmpty { prepared.body = .bytes(ByteBuffer(bytes: request.body)) }
            } body: { response, body in
                guard response.isSuccess else {
                    return try await Self.collect(body, into: &response, limit: request.maximumResponseSize)
                }
                for try await piece in body {
                    do {
                        try piece.withUnsafeReadableBytes { try receive(response, $0) }
                    } catch {
                        thrown = error
                        throw error
                    }
                }
            }
        } catch {
            throw thrown ?? error
        }
    }

    private static func collect(
        _ body: HTTPClientResponse.Body, into response: inout HTTPResponse, limit: Int
    ) async throws {
        for try await piece in body {
            guard response.body.count + piece.readableBytes <= limit else { throw ResponseTooLarge() }
            response.body.append(contentsOf: piece.readableBytesView)
        }
    }

    private func exchange(
        _ request: HTTPRequest, prepare: (inout HTTPClientRequest) -> Void,
        body: (inout HTTPResponse, HTTPClientResponse.Body) async throws -> Void
    ) async throws(HTTPError) -> HTTPResponse {
        var hasHead = false
        do {
            guard request.headers.areSendable else { throw UnsendableHeader() }
            var prepared = HTTPClientRequest(url: request.url)
            prepared.method = NIOHTTP1.HTTPMethod(rawValue: request.method.rawValue)
            prepared.headers = NIOHTTP1.HTTPHeaders(request.headers.fields.map { ($0.name, $0.value) })
            if request.headers["user-agent"] == nil {
                prepared.headers.add(name: "user-agent", value: HTTPRequest.userAgent)
            }
            prepare(&prepared)
            // A year: the client has no way to say that there is no end.
            let answer = try await files.execute(prepared, timeout: .hours(24 * 365))
            hasHead = true
            var response = HTTPResponse(
                status: Int(answer.status.code),
                headers: HTTPHeaders(answer.headers.map { (name: $0.name, value: $0.value) }))
            try await body(&response, answer.body)
            return response
        } catch {
            throw FailureReading(request: request, hasHead: hasHead, patience: stallTimeout).error(of: error)
        }
    }
}
