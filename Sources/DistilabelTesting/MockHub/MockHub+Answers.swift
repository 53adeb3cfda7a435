internal import DistilabelValues
internal import Foundation
internal import Synchronization

extension MockHub {
    /// Answers in the Hub's place.
    func answer(_ request: MockRequest) -> MockAnswer {
        if let intercept = state.withLock({ $0.intercept }), let answer = intercept(request) { return answer }
        let (path, query) = Self.split(request.path)
        let token = request.header("authorization").map { String($0.dropFirst("Bearer ".count)) }
        if let token, token != "hf_write", token != "hf_read" {
            return Self.refusal(401, "Invalid credentials in Authorization header")
        }
        switch path.first {
        case "api" where path.dropFirst().first == "whoami-v2":
            return token == nil ? Self.refusal(401, "Invalid username or password.") : Self.json(Self.account(token))
        case "api" where path.dropFirst().first == "validate-yaml": return Self.json(["errors": [], "warnings": []])
        case "verify": return verify(request)
        case "api" where Array(path.prefix(3)) == ["api", "repos", "create"]: return create(request, token)
        default: break
        }
        let parts = Array(path.drop { $0 == "api" })
        guard parts.first == "datasets", parts.count >= 3 else {
            return Self.refusal(404, "Not found: \(request.path)")
        }
        let name = parts[2].hasSuffix(".git") ? String(parts[2].dropLast(4)) : parts[2]
        let repository = parts[1] + "/" + name
        let isHidden = state.withLock {
            $0.repositories[repository] == nil || ($0.hidden.contains(repository) && token == nil)
        }
        if isHidden {
            return Self.refusal(token == nil ? 401 : 404, "Repository not found", code: "RepoNotFound")
        }
        if request.method == "POST", token != "hf_write", parts.count > 3, parts[3] != "paths-info" {
            return Self.refusal(403, "You don't have the rights to write to this repository")
        }
        return answer(request, repository, Array(parts.dropFirst(3)), query)
    }

    private func answer(
        _ request: MockRequest, _ repository: String, _ rest: [String], _ query: [String: String]
    ) -> MockAnswer {
        let revision = rest.count > 1 ? rest[1] : "main"
        switch rest.first {
        case "info" where rest.count > 1: return batch(request)
        case "branch":
            return state.withLock { state in
                if state.repositories[repository]?[revision] != nil {
                    return Self.refusal(409, "Reference refs/heads/\(revision) already exists")
                }
                state.ensure(repository, revision)
                return Self.json([:])
            }
        case "refs":
            let branches = state.withLock { $0.repositories[repository] ?? [:] }
            func list(_ isConvert: Bool) -> Value {
                .array(
                    branches.filter { $0.key.hasPrefix("refs/convert/") == isConvert && !$0.key.hasPrefix("refs/pr/") }
                        .sorted { $0.key < $1.key }
                        .map { name, branch in
                            [
                                "name": .string(isConvert ? String(name.dropFirst("refs/convert/".count)) : name),
                                "ref": .string(isConvert ? name : "refs/heads/\(name)"),
                                "targetCommit": .string(branch.commit),
                            ]
                        })
            }
            return Self.json(["branches": list(false), "converts": list(true), "tags": [], "pullRequests": []])
        default: break
        }
        guard let (commit, files) = state.withLock({ $0.find(repository, revision) }) else {
            return Self.refusal(404, "Invalid rev id: \(revision)", code: "RevisionNotFound")
        }
        switch rest.first {
        case nil, "revision":
            return Self.json([
                "_id": "x", "id": .string(repository),
                "author": .string(repository.split(separator: "/").map(String.init)[0]),
                "sha": .string(commit), "lastModified": "2026-01-01T00:00:00.000Z", "private": false, "gated": false,
                "disabled": false, "tags": [], "downloads": 0, "likes": 0, "createdAt": "2026-01-01T00:00:00.000Z",
                "siblings": .array(files.keys.sorted().map { ["rfilename": .string($0)] }), "usedStorage": 0,
            ])
        case "preupload": return preupload(request, files, commit)
        case "commit": return self.commit(request, repository, revision, query)
        case "tree": return tree(request, files, folder: rest.dropFirst(2).joined(separator: "/"), query)
        case "paths-info": return pathsInfo(request, files)
        case "resolve": return resolve(files, commit, path: rest.dropFirst(2).joined(separator: "/"))
        default: return Self.refusal(404, "Not found: \(request.path)")
        }
    }

    // MARK: - Writing

    private func create(_ request: MockRequest, _ token: String?) -> MockAnswer {
        guard token == "hf_write" else { return Self.refusal(403, "You don't have the rights to create a dataset") }
        let body = try? JSON.parse(request.body)
        let owner = body?["organization"]?.stringValue ?? "tester"
        guard ["tester", "acme"].contains(owner) else {
            return Self.refusal(403, "You don't have the rights to create a dataset under the namespace \"\(owner)\"")
        }
        let repository = owner + "/" + (body?["name"]?.stringValue ?? "")
        return state.withLock { state in
            let url = Value.string("\(endpoint)/datasets/\(repository)")
            if state.repositories[repository] != nil {
                return Self.json(["error": "You already created this dataset repo", "url": url], status: 409)
            }
            state.ensure(repository)
            if body?["visibility"]?.stringValue == "private" { state.hidden.insert(repository) }
            return Self.json(["url": url])
        }
    }

    private func preupload(_ request: MockRequest, _ files: [String: File], _ commit: String) -> MockAnswer {
        let body = try? JSON.parse(request.body)
        let answers = (body?["files"]?.arrayValue ?? []).map { file -> Value in
            let path = file["path"]?.stringValue ?? ""
            let isLarge = Self.isLarge(path, file["size"]?.intValue ?? 0)
            var answer: Value.Object = [
                "path": .string(path), "uploadMode": isLarge ? "lfs" : "regular",
                "shouldIgnore": .bool(path.hasSuffix(".ignored")),
            ]
            if let present = files[path] { answer["oid"] = .string(Self.digest(present)) }
            return .object(answer)
        }
        return Self.json(["files": .array(answers), "commitOid": .string(commit)])
    }

    private func commit(
        _ request: MockRequest, _ repository: String, _ revision: String, _ query: [String: String]
    ) -> MockAnswer {
        let lines = request.text.split(separator: "\n").compactMap { try? JSON.parse(String($0)) }
        let header = lines.first?["value"]
        return state.withLock { state in
            var branch = revision
            guard var files = state.repositories[repository]?[branch]?.files else {
                return Self.refusal(404, "Invalid rev id", code: "RevisionNotFound")
            }
            if let parent = header?["parentCommit"]?.stringValue,
                parent != state.repositories[repository]?[branch]?.commit
            {
                return Self.refusal(412, "A commit has happened since. Please refresh and try again.")
            }
            for line in lines.dropFirst() {
                let value = line["value"]
                let path = value?["path"]?.stringValue ?? ""
                switch line["key"]?.stringValue {
                case "file":
                    let bytes = Data(base64Encoded: value?["content"]?.stringValue ?? "").map(Array.init) ?? []
                    files[path] = File(bytes: bytes, isLarge: false)
                case "lfsFile":
                    guard let bytes = state.blobs[value?["oid"]?.stringValue ?? ""] else {
                        return Self.refusal(400, "LFS pointer pointed to a file that does not exist")
                    }
                    files[path] = File(bytes: bytes, isLarge: true)
                case "deletedFile":
                    guard files.removeValue(forKey: path) != nil else {
                        return Self.refusal(404, "A file with this name doesn't exist", code: "EntryNotFound")
                    }
                case "deletedFolder":
                    let folder = path.hasSuffix("/") ? path : path + "/"
                    files = files.filter { !$0.key.hasPrefix(folder) }
                default: return Self.refusal(400, "unknown key")
                }
            }
            if query["create_pr"] == "1" {
                state.pullRequests += 1
                branch = "refs/pr/\(state.pullRequests)"
            }
            state.set(repository, branch, files)
            state.messages.append(header?["summary"]?.stringValue ?? "")
            let page = "\(endpoint)/datasets/\(repository)"
            let commit = state.repositories[repository]?[branch]?.commit ?? ""
            var answer: Value.Object = [
                "success": true, "commitOid": .string(commit), "commitUrl": .string("\(page)/commit/\(commit)"),
                "hookOutput": "",
            ]
            if branch != revision {
                answer["pullRequestUrl"] = .string("\(page)/discussions/\(state.pullRequests)")
            }
            return Self.json(.object(answer))
        }
    }

    private func batch(_ request: MockRequest) -> MockAnswer {
        let body = try? JSON.parse(request.body)
        let (known, size) = state.withLock { (Set($0.blobs.keys), $0.multipartSize) }
        var isMultipart = false
        let objects = (body?["objects"]?.arrayValue ?? []).map { object -> Value in
            let digest = object["oid"]?.stringValue ?? ""
            let count = object["size"]?.intValue ?? 0
            var answer: Value.Object = ["oid": .string(digest), "size": .int(count), "authenticated": true]
            if known.contains(digest) { return .object(answer) }
            var header = Value.Object()
            var href = "\(storageOrigin)/put/\(digest)?X-Amz-Signature=SIGNED"
            if let size, count > size {
                isMultipart = true
                header["chunk_size"] = .string(String(size))
                for part in 1...((count + size - 1) / size) {
                    header[String(format: "%05d", part)] = .string("\(storageOrigin)/part/\(digest)/\(part)?uploadId=U")
                }
                href = "\(storageOrigin)/complete/\(digest)?uploadId=U"
            }
            answer["actions"] = [
                "upload": ["href": .string(href), "header": .object(header)],
                "verify": ["href": .string("\(endpoint)/verify"), "header": [:]],
            ]
            return .object(answer)
        }
        return Self.json(["transfer": isMultipart ? "multipart" : "basic", "objects": .array(objects)])
    }

    private func verify(_ request: MockRequest) -> MockAnswer {
        let digest = (try? JSON.parse(request.body))?["oid"]?.stringValue ?? ""
        guard request.header("authorization") != nil else { return Self.refusal(401, "no token") }
        return state.withLock { $0.blobs[digest] == nil } ? Self.refusal(404, "Not found") : Self.json([:])
    }

    /// Answers in the storage's place.
    func answerFromStorage(_ request: MockRequest) -> MockAnswer {
        if let intercept = state.withLock({ $0.interceptStorage }), let answer = intercept(request) { return answer }
        guard request.header("authorization") == nil else { return Self.refusal(400, "two kinds of authorization") }
        let (path, _) = Self.split(request.path)
        guard path.count >= 2 else { return Self.refusal(404, "Not found") }
        let digest = path[1]
        switch (request.method, path[0]) {
        case ("PUT", "put"):
            guard Self.sha256(request.body) == digest else { return Self.refusal(400, "BadDigest") }
            state.withLock { $0.blobs[digest] = request.body }
            return MockAnswer(headers: [("ETag", "\"e\"")])
        case ("PUT", "part"):
            let number = Int(path[2]) ?? 0
            state.withLock { $0.parts[digest, default: [:]][number] = request.body }
            return MockAnswer(headers: [("ETag", "\"part-\(number)\"")])
        case ("POST", "complete"):
            let numbers = ((try? JSON.parse(request.body))?["parts"]?.arrayValue ?? []).compactMap {
                $0["etag"]?.stringValue == "\"part-\($0["partNumber"]?.intValue ?? 0)\""
                    ? $0["partNumber"]?.intValue : nil
            }
            let parts = state.withLock { $0.parts[digest] ?? [:] }
            let bytes = numbers.flatMap { parts[$0] ?? [] }
            guard Self.sha256(bytes) == digest else { return Self.refusal(400, "BadDigest") }
            state.withLock { $0.blobs[digest] = bytes }
            return Self.json(["success": true])
        case (_, "get"):
            guard let bytes = state.withLock({ $0.blobs[digest] }) else { return Self.refusal(404, "Not found") }
            return Self.bytes(bytes, request)
        default: return Self.refusal(404, "Not found")
        }
    }

    // MARK: - Reading

    private func tree(
        _ request: MockRequest, _ files: [String: File], folder: String, _ query: [String: String]
    ) -> MockAnswer {
        let prefix = folder.isEmpty ? "" : folder + "/"
        var entries: [String: Value] = [:]
        for (path, file) in files where path.hasPrefix(prefix) {
            let parts = path.dropFirst(prefix.count).split(separator: "/")
            for depth in 1..<max(1, parts.count) where depth == 1 || query["recursive"]?.lowercased() == "true" {
                let name = prefix + parts[..<depth].joined(separator: "/")
                entries[name] = ["type": "directory", "path": .string(name), "oid": "0", "size": 0]
            }
            if parts.count == 1 || query["recursive"]?.lowercased() == "true" { entries[path] = Self.entry(path, file) }
        }
        if !folder.isEmpty, entries.isEmpty {
            return Self.refusal(404, "\(folder) does not exist", code: "EntryNotFound")
        }
        let names = entries.keys.sorted()
        let start = query["cursor"].flatMap { Int($0) } ?? 0
        let page = names[min(start, names.count)..<min(start + 3, names.count)]
        var answer = Self.json(.array(page.compactMap { entries[$0] }))
        if start + 3 < names.count {
            let base = request.path.split(separator: "?").first.map(String.init) ?? ""
            let recursive = query["recursive"] ?? "false"
            let link = "<\(endpoint)\(base)?recursive=\(recursive)&cursor=\(start + 3)>; rel=\"next\""
            answer.headers.append(("Link", link))
        }
        return answer
    }

    private func pathsInfo(_ request: MockRequest, _ files: [String: File]) -> MockAnswer {
        let isJSON = request.header("content-type")?.contains("json") == true
        let paths =
            isJSON
            ? ((try? JSON.parse(request.body))?["paths"]?.arrayValue ?? []).compactMap(\.stringValue)
            : request.text.split(separator: "&").filter { $0.hasPrefix("paths=") }
                .map { String($0.dropFirst(6)).removingPercentEncoding ?? "" }
        return Self.json(.array(paths.compactMap { path in files[path].map { Self.entry(path, $0) } }))
    }

    private func resolve(_ files: [String: File], _ commit: String, path: String) -> MockAnswer {
        guard let file = files[path] else { return Self.refusal(404, "Entry not found", code: "EntryNotFound") }
        var headers = [("X-Repo-Commit", commit), ("Accept-Ranges", "bytes")]
        if file.isLarge {
            let digest = Self.sha256(file.bytes)
            headers += [
                ("Location", "\(storageOrigin)/get/\(digest)?Signature=S"), ("X-Linked-ETag", "\"\(digest)\""),
                ("X-Linked-Size", String(file.bytes.count)),
            ]
            return MockAnswer(status: 302, headers: headers, body: Array("Found".utf8))
        }
        headers += [("ETag", "\"\(Self.digest(file))\""), ("Content-Type", "text/plain")]
        return MockAnswer(headers: headers, body: file.bytes)
    }

    // MARK: - Pieces

    private static func digest(_ file: File) -> String { file.isLarge ? sha256(file.bytes) : gitDigest(file.bytes) }

    private static func entry(_ path: String, _ file: File) -> Value {
        var entry: Value.Object = [
            "type": "file", "path": .string(path), "size": .int(file.bytes.count),
            "oid": .string(gitDigest(file.bytes)),
        ]
        if file.isLarge {
            entry["lfs"] = [
                "oid": .string(sha256(file.bytes)), "size": .int(file.bytes.count), "pointerSize": 130,
            ]
        }
        return .object(entry)
    }

    private static func bytes(_ bytes: [UInt8], _ request: MockRequest) -> MockAnswer {
        guard let range = request.header("range"), range.hasPrefix("bytes=") else { return MockAnswer(body: bytes) }
        let ends = range.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        var start = Int(ends[0]) ?? 0
        var end = ends.count > 1 ? Int(ends[1]) ?? bytes.count - 1 : bytes.count - 1
        if ends[0].isEmpty { (start, end) = (bytes.count - end, bytes.count - 1) }
        end = min(end, bytes.count - 1)
        guard start <= end else { return refusal(416, "no such range") }
        return MockAnswer(
            status: 206, headers: [("Content-Range", "bytes \(start)-\(end)/\(bytes.count)")],
            body: Array(bytes[start...end]))
    }

    private static func account(_ token: String?) -> Value {
        [
            "type": "user", "id": "u1", "name": "tester", "fullname": "T", "email": "t@x", "emailVerified": true,
            "canPay": false, "isPro": false, "avatarUrl": "",
            "orgs": [["type": "org", "id": "o1", "name": "acme", "roleInOrg": "admin"]],
            "auth": [
                "type": "access_token",
                "accessToken": [
                    "displayName": "t", "role": .string(token == "hf_write" ? "write" : "read"),
                    "createdAt": "2026-01-01T00:00:00Z",
                ],
            ],
        ]
    }

    /// The parts of a path, unescaped, and its query.
    private static func split(_ path: String) -> ([String], [String: String]) {
        let sides = path.split(separator: "?", maxSplits: 1)
        let parts = (sides.first ?? "").split(separator: "/").map { String($0).removingPercentEncoding ?? "" }
        let pairs = (sides.count > 1 ? sides[1] : "").split(separator: "&").map { pair -> (String, String) in
            let halves = pair.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? "" }
            return (halves.first ?? "", halves.count > 1 ? halves[1] : "")
        }
        return (parts, Dictionary(pairs) { first, _ in first })
    }

    private static func json(_ value: Value, status: Int = 200) -> MockAnswer {
        MockAnswer(status: status, body: Array(JSON.string(value).utf8))
    }

    /// A refusal as the Hub words them.
    public static func refusal(
        _ status: Int, _ message: String, code: String? = nil, headers: [(name: String, value: String)] = []
    ) -> MockAnswer {
        var answer = json(["error": .string(message)], status: status)
        answer.headers += [("X-Error-Message", message)] + headers
        if let code { answer.headers.append(("X-Error-Code", code)) }
        return answer
    }
}
