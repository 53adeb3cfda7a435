internal import DistilabelHTTP
internal import DistilabelValues

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A file in a repository, as it is at a commit.
public struct HubFile: Sendable, Hashable {
    /// The repository.
    public var repository: HubRepository
    /// The path in it.
    public var path: String
    /// The commit that the revision is.
    public var commit: String
    /// What tells these bytes from others: the SHA-256 of a file in large storage, else Git's own digest.
    public var tag: String
    /// Its size in bytes.
    public var size: Int
    /// Where the bytes are; signed for a while where that is not the Hub's own host.
    var location: String
}

extension HubClient {
    /// Looks a file up without its bytes.
    ///
    /// - Throws: `HubError`: `.entryNotFound`, `.revisionNotFound`, `.repositoryNotFound`, `.gated`, …
    public func file(_ path: String, of repository: HubRepository, revision: String = "main") async throws -> HubFile {
        let subject = HubSubject(
            repository: repository, revision: revision, path: path, action: "read \(path) of '\(repository)'")
        var url =
            settings.endpoint + "/datasets/\(HubPath.escapedPath(repository.id))/resolve/\(HubPath.escaped(revision))/"
            + HubPath.escapedPath(try HubPath.checked(path))
        for _ in 0..<5 {
            // Without compression, so that sizes are those of the file.
            let request = HTTPRequest(method: .head, url: url, headers: ["Accept-Encoding": "identity"])
            let answer = try await answer(to: request, about: subject)
            let isRedirect = (300..<400).contains(answer.status)
            guard isRedirect || answer.isSuccess else { throw HubError(answer, about: subject, settings: settings) }
            let target = answer.headers["location"].flatMap { HubPath.resolved($0, from: url) }
            if isRedirect, answer.headers["x-linked-etag"] == nil, let target, isHub(target) {
                url = target
                continue
            }
            guard let commit = answer.headers["x-repo-commit"], Hexadecimal.isText(commit, digits: 40),
                let tag = (answer.headers["x-linked-etag"] ?? answer.headers["etag"]).map(Self.plain),
                let size = (answer.headers["x-linked-size"] ?? answer.headers["content-length"]).flatMap({ Int($0) }),
                !isRedirect || target != nil
            else {
                throw HubError(
                    .malformedAnswer,
                    "cannot \(subject.action): \(settings.endpoint) does not say its commit, ETag and size; is it a Hub?",
                    status: answer.status)
            }
            // It becomes the name of a file.
            guard tag.utf8.allSatisfy({ HubPath.isPlain($0) }), (1...200).contains(tag.utf8.count), tag.first != "."
            else { throw HubError(.malformedAnswer, "cannot \(subject.action): its ETag '\(tag.prefix(80))' is odd") }
            return HubFile(
                repository: repository, path: path, commit: commit, tag: tag, size: size, location: target ?? url)
        }
        throw HubError(.malformedAnswer, "cannot \(subject.action): the Hub redirects in a circle")
    }

    /// Downloads a file into the cache, unless it is there.
    ///
    /// What was cut off before goes on where it stopped. Offline, and where the Hub cannot be reached, what is in the cache does.
    ///
    /// - Returns: Where the file lies; it must not be written to.
    /// - Throws: `HubError`.
    public func download(
        _ path: String, of repository: HubRepository, revision: String = "main"
    ) async throws -> String {
        let cache = HubCache(root: settings.cacheDirectory, repository: repository)
        let path = try HubPath.checked(path)
        let found = cache.find(path, revision: revision)
        // What a commit holds never changes.
        if let found, settings.isOffline || Hexadecimal.isText(revision, digits: 40) { return found }
        let file: HubFile
        do {
            file = try await self.file(path, of: repository, revision: revision)
        } catch let error as HubError where error.code == .network {
            guard let found else { throw error }
            return found
        }
        try cache.note(revision, is: file.commit)
        if !FileManager.default.fileExists(atPath: cache.blob(file.tag)) { try await fetch(file, into: cache) }
        return try cache.link(path, commit: file.commit, to: file.tag)
    }

    /// A small file's bytes: through the cache, as ``download(_:of:revision:)``.
    public func contents(
        of path: String, of repository: HubRepository, revision: String = "main"
    ) async throws -> [UInt8] {
        let place = try await download(path, of: repository, revision: revision)
        guard let data = FileManager.default.contents(atPath: place) else {
            throw HubError(.localFile, "cannot read \(place)")
        }
        return Array(data)
    }

    /// What lies at an address, in memory: on the Hub's own host with the token, elsewhere without.
    ///
    /// - Parameters:
    ///   - url: `http://…` or `https://…`; the address of a file's page on the Hub will do.
    ///   - maximumSize: The most bytes that are taken.
    /// - Throws: `HubError`.
    public func fetch(_ url: String, maximumSize: Int = 64 << 20) async throws -> [UInt8] {
        let subject = HubSubject(action: "read \(Redaction.url(url))")
        // As people copy it from the page that shows the file.
        var address = isHub(url) ? url.replacing("/blob/", with: "/resolve/", maxReplacements: 1) : url
        for _ in 0..<5 {
            let request = HTTPRequest(url: address, maximumResponseSize: maximumSize)
            let answer = try await answer(to: signed(request), about: subject)
            if answer.isSuccess { return answer.body }
            guard (300..<400).contains(answer.status),
                let target = answer.headers["location"].flatMap({ HubPath.resolved($0, from: address) }),
                target.hasPrefix("https://") || !address.hasPrefix("https://")
            else {
                guard isHub(address) else {
                    throw HubError(
                        answer.status == 404 ? .entryNotFound : .badRequest,
                        "cannot \(subject.action): it answered \(answer.status); check the address",
                        status: answer.status)
                }
                throw HubError(answer, about: subject, settings: settings)
            }
            address = target
        }
        throw HubError(.malformedAnswer, "cannot \(subject.action): it redirects in a circle")
    }

    /// The commit that a revision is: from the cache when offline or where the Hub cannot be reached.
    public func commit(of repository: HubRepository, revision: String = "main") async throws -> String {
        let cache = HubCache(root: settings.cacheDirectory, repository: repository)
        if settings.isOffline, let commit = cache.commit(of: revision) { return commit }
        let commit = try await info(repository, revision: revision).commit
        try cache.note(revision, is: commit)
        return commit
    }

    /// The paths of the files at a revision: from the cache when offline.
    public func paths(of repository: HubRepository, revision: String = "main") async throws -> [String] {
        if settings.isOffline {
            let cache = HubCache(root: settings.cacheDirectory, repository: repository)
            if let commit = cache.commit(of: revision) { return cache.files(ofCommit: commit) }
        }
        return try await tree(of: repository, revision: revision).filter { !$0.isFolder }.map(\.path)
    }

    /// Hands some bytes of a file over as they come; a connection that breaks is taken up where it broke.
    ///
    /// - Parameters:
    ///   - file: The file, as ``file(_:of:revision:)`` found it.
    ///   - range: Which bytes; nil for all.
    ///   - receive: Takes the next bytes. What it throws ends the download and is thrown on.
    /// - Throws: `HubError`, or what `receive` throws.
    public func read(
        _ file: HubFile, range: Range<Int>? = nil, receive: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        let range = range ?? 0..<file.size
        let subject = HubSubject(
            repository: file.repository, revision: file.commit, path: file.path,
            action: "read \(file.path) of '\(file.repository)'")
        var file = file
        var position = range.lowerBound
        var isFresh = false
        while position < range.upperBound {
            let before = position
            var thrown: (any Error)?
            do {
                try await part(of: file, position..<range.upperBound, about: subject) { bytes in
                    do { try receive(bytes) } catch {
                        thrown = error
                        throw error
                    }
                    position += bytes.count
                }
                guard position < range.upperBound else { return }
                throw HubError(.network, "cannot \(subject.action): the answer ended before its end")
            } catch let error as HubError where thrown == nil {
                // Without any progress the transport has tried often enough. A signature holds for a while only, so a refusal elsewhere
                // may be of an address that is past its time.
                let isCutOff = error.code == .network && position > before
                let isPastItsTime = error.code == .forbidden && !isHub(file.location) && !isFresh
                guard isCutOff || isPastItsTime else { throw error }
                try await Task.sleep(for: policy.delayBound(beforeRetry: 0) * Double.random(in: 0..<1))
                file = try await self.file(file.path, of: file.repository, revision: file.commit)
                isFresh = isPastItsTime
            } catch {
                throw thrown ?? error
            }
        }
    }

    /// One request for the bytes of a file; redirects are followed, with the token on the Hub's own host only.
    private func part(
        of file: HubFile, _ range: Range<Int>, about subject: HubSubject,
        receive: (UnsafeRawBufferPointer) throws -> Void
    ) async throws {
        try requireOnline(subject)
        var request = HTTPRequest(
            url: file.location,
            headers: ["Accept-Encoding": "identity", "Range": "bytes=\(range.lowerBound)-\(range.upperBound - 1)"])
        for _ in 0..<5 {
            request.url = try checked(request.url, about: subject)
            // A server that knows no ranges sends all from the start.
            var skipped: Int?
            var left = range.count
            let answer: HTTPResponse
            do {
                answer = try await transport.stream(signed(request)) { head, bytes in
                    var bytes = bytes
                    var skip = skipped ?? (head.status == 206 ? 0 : range.lowerBound)
                    let cut = min(skip, bytes.count)
                    skip -= cut
                    skipped = skip
                    bytes = UnsafeRawBufferPointer(rebasing: bytes[cut...].prefix(left))
                    left -= bytes.count
                    if !bytes.isEmpty { try receive(bytes) }
                }
            } catch let error as HTTPError {
                throw failure(error, about: subject)
            }
            if answer.isSuccess { return }
            guard (300..<400).contains(answer.status),
                let target = answer.headers["location"].flatMap({ HubPath.resolved($0, from: request.url) })
            else { throw HubError(answer, about: subject, settings: settings) }
            request.url = target
        }
        throw HubError(.malformedAnswer, "cannot \(subject.action): the Hub redirects in a circle")
    }

    /// Fetches a file's bytes into the cache.
    private func fetch(_ file: HubFile, into cache: HubCache) async throws {
        let blob = cache.blob(file.tag)
        try cache.make(folderOf: blob)
        let lock = try await cache.lock(file.tag)
        defer { withExtendedLifetime(lock) {} }
        // Another process may have been faster.
        if FileManager.default.fileExists(atPath: blob) { return }
        for isLast in [false, true] {
            let partial = try GrowingFile(cache.partial(file.tag))
            if partial.count > file.size { try partial.empty() }
            let resumed = partial.count > 0
            try await read(file, range: partial.count..<file.size) { try partial.append($0) }
            if Hexadecimal.isText(file.tag, digits: 64),
                try ContentReader(content: .file(cache.partial(file.tag))).sha256() != file.tag
            {
                try partial.empty()
                // What an earlier process left may be what is wrong.
                if resumed, !isLast { continue }
                throw HubError(
                    .damaged,
                    "\(file.path) of '\(file.repository)' came with other bytes than the Hub announced; try again")
            }
            return try partial.finish(as: blob)
        }
    }

    /// An ETag without its dress.
    private static func plain(_ tag: String) -> String {
        var tag = tag[...]
        if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
        return tag.filter { $0 != "\"" }
    }
}
