internal import DistilabelHTTP
internal import DistilabelValues

/// Sends files to the large storage: what is up already is not sent again.
///
/// Git LFS's batch protocol (github.com/git-lfs/git-lfs, docs/api/batch.md) with the Hub's own transfer `multipart`.
struct LargeFileUpload {
    /// A file and its SHA-256.
    struct Item: Sendable, Hashable {
        var path: String
        var content: HubContent
        var digest: String
        var size: Int
    }

    let client: HubClient
    let repository: HubRepository
    let revision: String

    /// How many files a batch may name.
    private static let batchSize = 256
    /// How many transfers are under way at once, of files and of parts.
    private static let width = 4
    private static let contentType = "application/vnd.git-lfs+json"

    /// Sends what is not up yet.
    ///
    /// - Returns: How many bytes were sent.
    func send(_ items: [Item]) async throws -> Int {
        var sent = 0
        // Two files with the same content are one to the storage.
        var known = Set<String>()
        let distinct = items.filter { known.insert($0.digest).inserted }
        for start in stride(from: 0, to: distinct.count, by: Self.batchSize) {
            let batch = Array(distinct[start..<min(start + Self.batchSize, distinct.count)])
            sent += try await send(batch: batch)
        }
        return sent
    }

    private func send(batch: [Item]) async throws -> Int {
        let subject = subject("upload to the dataset '\(repository)'")
        let body: Value = [
            "operation": "upload", "transfers": ["basic", "multipart"], "hash_algo": "sha256",
            "objects": .array(batch.map { ["oid": .string($0.digest), "size": .int($0.size)] }),
            "ref": ["name": .string(revision)],
        ]
        var call = HubClient.Call.json(
            "/datasets/\(HubPath.escapedPath(repository.id)).git/info/lfs/objects/batch", body)
        call.headers = ["Content-Type": Self.contentType, "Accept": Self.contentType]
        let answer = try HubClient.object(try await client.send(call, about: subject), about: subject)
        let byDigest = Dictionary(batch.map { ($0.digest, $0) }) { first, _ in first }
        var wanted: [(item: Item, actions: Value)] = []
        for object in answer["objects"]?.arrayValue ?? [] {
            guard let digest = object["oid"]?.stringValue, let item = byDigest[digest] else { continue }
            if let refusal = object["error"] {
                let said = refusal["message"]?.stringValue ?? "no reason"
                throw HubError(
                    .badRequest, "cannot upload \(item.path): the Hub refuses it (\(said))",
                    status: refusal["code"]?.intValue)
            }
            if let actions = object["actions"], actions["upload"] != nil { wanted.append((item, actions)) }
        }
        try await concurrently(wanted, width: Self.width) { item, actions in
            try await send(item, actions: actions)
        }
        return wanted.reduce(0) { $0 + $1.item.size }
    }

    private func send(_ item: Item, actions: Value) async throws {
        let subject = subject("upload \(item.path)")
        guard let upload = actions["upload"], let url = upload["href"]?.stringValue else {
            throw HubError(.malformedAnswer, "cannot upload \(item.path): the Hub names no address for it")
        }
        let address = try client.checked(url, about: subject)
        if let size = upload["header"]?["chunk_size"] {
            let chunk = size.intValue ?? size.stringValue.flatMap { Int($0) } ?? 0
            let parts = (upload["header"]?.objectValue ?? [:]).compactMap { name, value -> (Int, String)? in
                guard let number = Int(name), let url = value.stringValue else { return nil }
                return (number, url)
            }
            try await sendParts(item, chunk: chunk, parts: parts.sorted { $0.0 < $1.0 }, completion: address)
        } else {
            // Signed by its query: neither the token nor a header of ours belongs there.
            _ = try await put(item, FileSlice(path: "", count: item.size), to: address, about: subject)
        }
        if let verify = actions["verify"]?["href"]?.stringValue {
            let request = HTTPRequest(
                method: .post, url: try client.checked(verify, about: subject),
                headers: ["Content-Type": Self.contentType, "Accept": Self.contentType],
                body: Array(JSON.string(["oid": .string(item.digest), "size": .int(item.size)]).utf8))
            let answer = try await client.answer(to: request, about: subject)
            guard answer.isSuccess else { throw HubError(answer, about: subject, settings: client.settings) }
        }
    }

    private func sendParts(
        _ item: Item, chunk: Int, parts: [(Int, String)], completion: String
    ) async throws {
        let subject = subject("upload \(item.path)")
        guard chunk > 0, parts.count == (item.size + chunk - 1) / chunk,
            parts.enumerated().allSatisfy({ $0.offset + 1 == $0.element.0 })
        else {
            throw HubError(
                .malformedAnswer,
                "cannot upload \(item.path): the Hub wants \(parts.count) parts of \(chunk) bytes of a file of \(item.size)"
            )
        }
        let tags = try await concurrently(parts, width: Self.width) { number, url in
            let offset = (number - 1) * chunk
            let slice = FileSlice(path: "", offset: offset, count: min(chunk, item.size - offset))
            let answer = try await put(item, slice, to: try client.checked(url, about: subject), about: subject)
            guard let tag = answer.headers["etag"] else {
                throw HubError(
                    .malformedAnswer, "cannot upload \(item.path): the storage gives no ETag for part \(number)")
            }
            return tag
        }
        let list = tags.enumerated().map { index, tag -> Value in
            ["partNumber": .int(index + 1), "etag": .string(tag)]
        }
        let request = HTTPRequest(
            method: .post, url: completion, headers: ["Content-Type": Self.contentType, "Accept": Self.contentType],
            body: Array(JSON.string(["oid": .string(item.digest), "parts": .array(list)]).utf8))
        // Signed as the parts are.
        let answer = try await client.unsigned(request, about: subject)
        guard answer.isSuccess else { throw HubError(answer, about: subject, settings: client.settings) }
    }

    private func put(
        _ item: Item, _ slice: FileSlice, to url: String, about subject: HubSubject
    ) async throws -> HTTPResponse {
        var request = HTTPRequest(method: .put, url: url)
        let answer: HTTPResponse
        switch item.content {
        case .bytes(let bytes):
            request.body = Array(bytes[slice.offset..<(slice.offset + slice.count)])
            answer = try await client.unsigned(request, about: subject)
        case .file(let path):
            do throws(HTTPError) {
                answer = try await client.transport.send(
                    request, body: FileSlice(path: path, offset: slice.offset, count: slice.count))
            } catch {
                throw client.failure(error, about: subject)
            }
        }
        guard answer.isSuccess else { throw HubError(answer, about: subject, settings: client.settings) }
        return answer
    }

    private func subject(_ action: String) -> HubSubject {
        HubSubject(repository: repository, revision: revision, action: action, writes: true)
    }
}

extension HubClient {
    /// Sends a request to an address that bears its own signature: without the token.
    func unsigned(_ request: HTTPRequest, about subject: HubSubject) async throws -> HTTPResponse {
        do throws(HTTPError) {
            return try await transport.send(request)
        } catch {
            throw failure(error, about: subject)
        }
    }
}

/// Works on some items at once and gives the results in their order.
@discardableResult
package func concurrently<Item: Sendable, Result: Sendable>(
    _ items: [Item], width: Int, _ body: @escaping @Sendable (Item) async throws -> Result
) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
        var results: [Int: Result] = [:]
        for (index, item) in items.enumerated() {
            if index >= width, let (done, result) = try await group.next() { results[done] = result }
            group.addTask { (index, try await body(item)) }
        }
        for try await (done, result) in group { results[done] = result }
        return items.indices.compactMap { results[$0] }
    }
}
