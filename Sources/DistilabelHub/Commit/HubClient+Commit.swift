internal import DistilabelHTTP
internal import DistilabelValues

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension HubClient {
    /// Changes a repository by one commit, whatever others do meanwhile.
    ///
    /// The commit is made upon the head that `changes` was shown, or not at all; where another came between, all is done again
    /// upon the new head. Files of which the repository has the same bytes are left out, and what the large storage has is not sent again: a push that was cut off goes on
    /// where it stopped.
    ///
    ///     try await hub.push(to: repository, HubCommitOptions(message: "More rows")) { head in
    ///         [.add(path: "data/train.jsonl", content: .file("out/train.jsonl"))]
    ///     }
    ///
    /// - Parameters:
    ///   - repository: The repository, which is there.
    ///   - options: The message, the branch, and whether a pull request is opened.
    ///   - changes: What is to change, seen from a head; asked again for each new head.
    /// - Throws: `HubError`, or what `changes` throws.
    public func push(
        to repository: HubRepository, _ options: HubCommitOptions,
        changes: (HubHead) async throws -> [HubChange]
    ) async throws -> HubCommit {
        var digests: [HubContent: String] = [:]
        var uploaded = Set<String>()
        var uploadedBytes = 0
        var attempt = 0
        while true {
            let head = HubHead(repository: repository, commit: try await head(of: repository, options))
            let plan = try await plan(try await changes(head), upon: head, options, digests: &digests)
            let items = plan.large.filter { !uploaded.contains($0.digest) }
            let upload = LargeFileUpload(client: self, repository: repository, revision: options.revision)
            uploadedBytes += try await upload.send(items)
            uploaded.formUnion(items.map(\.digest))
            guard !plan.lines.isEmpty else {
                return HubCommit(
                    commit: head.commit, url: nil, isUnchanged: true, ignored: plan.ignored,
                    uploadedBytes: uploadedBytes)
            }
            do {
                var commit = try await commit(plan.lines, upon: head, options)
                commit.ignored = plan.ignored
                commit.uploadedBytes = uploadedBytes
                return commit
            } catch let error as HubError where error.code == .conflict && attempt < Self.conflictLimit {
                try await Task.sleep(for: policy.delayBound(beforeRetry: attempt) * Double.random(in: 0..<1))
                attempt += 1
            }
        }
    }

    /// How often a commit is tried upon a newer head.
    private static let conflictLimit = 10
    /// How many files one question may name.
    private static let preuploadSize = 256

    /// What a commit consists of.
    private struct Plan {
        var lines: [Value] = []
        var large: [LargeFileUpload.Item] = []
        var ignored: [String] = []
    }

    /// The commit that a branch is at; a branch that is not there is made.
    private func head(of repository: HubRepository, _ options: HubCommitOptions) async throws -> String {
        do {
            return try await info(repository, revision: options.revision).commit
        } catch let error as HubError
            where error.code == .revisionNotFound && !options.revision.hasPrefix("refs/") && !options.opensPullRequest
        {
            try await createBranch(options.revision, of: repository)
            return try await info(repository, revision: options.revision).commit
        }
    }

    /// Asks how each file is to be sent, and leaves out those that the repository has.
    private func plan(
        _ changes: [HubChange], upon head: HubHead, _ options: HubCommitOptions, digests: inout [HubContent: String]
    ) async throws -> Plan {
        var plan = Plan()
        var additions: [(path: String, content: HubContent, size: Int)] = []
        for change in changes {
            let path = try HubPath.checked(change.path)
            switch change {
            case .add(_, let content): additions.append((path, content, try ContentReader(content: content).size()))
            case .delete: plan.lines.append(["key": "deletedFile", "value": ["path": .string(path)]])
            }
        }
        for start in stride(from: 0, to: additions.count, by: Self.preuploadSize) {
            let batch = additions[start..<min(start + Self.preuploadSize, additions.count)]
            let modes = try await preupload(Array(batch), upon: head, options)
            for (path, content, size) in batch {
                guard let mode = modes[path] else {
                    throw HubError(.malformedAnswer, "cannot push \(path): the Hub does not say how")
                }
                if mode.isIgnored {
                    plan.ignored.append(path)
                    continue
                }
                let reader = ContentReader(content: content)
                // The storage takes no file without bytes.
                if mode.isLarge, size > 0 {
                    let digest = try digests[content] ?? reader.sha256()
                    digests[content] = digest
                    if digest == mode.present { continue }
                    plan.large.append(.init(path: path, content: content, digest: digest, size: size))
                    plan.lines.append([
                        "key": "lfsFile",
                        "value": [
                            "path": .string(path), "algo": "sha256", "oid": .string(digest), "size": .int(size),
                        ],
                    ])
                } else {
                    if let present = mode.present, try reader.gitDigest() == present { continue }
                    let content = Data(try reader.all()).base64EncodedString()
                    plan.lines.append([
                        "key": "file",
                        "value": ["content": .string(content), "path": .string(path), "encoding": "base64"],
                    ])
                }
            }
        }
        return plan
    }

    private struct UploadMode {
        var isLarge: Bool
        var isIgnored: Bool
        /// The digest of the file that is there.
        var present: String?
    }

    private func preupload(
        _ files: [(path: String, content: HubContent, size: Int)], upon head: HubHead, _ options: HubCommitOptions
    ) async throws -> [String: UploadMode] {
        let subject = subject(head, options)
        let list = try files.map { path, content, size -> Value in
            let sample = Data(try ContentReader(content: content).head(512)).base64EncodedString()
            return ["path": .string(path), "sample": .string(sample), "size": .int(size)]
        }
        let path = Self.path(head.repository, "preupload", HubPath.escaped(options.revision)) + Self.query(options)
        let answer = try Self.object(
            try await send(.json(path, ["files": .array(list)]), about: subject), about: subject)
        var modes: [String: UploadMode] = [:]
        for file in answer["files"]?.arrayValue ?? [] {
            guard let path = file["path"]?.stringValue else { continue }
            modes[path] = UploadMode(
                isLarge: file["uploadMode"]?.stringValue == "lfs", isIgnored: file["shouldIgnore"]?.boolValue ?? false,
                present: file["oid"]?.stringValue)
        }
        return modes
    }

    private func commit(
        _ lines: [Value], upon head: HubHead, _ options: HubCommitOptions
    ) async throws -> HubCommit {
        let subject = subject(head, options)
        let header: Value = [
            "key": "header",
            "value": [
                "summary": .string(options.message), "description": .string(options.details),
                "parentCommit": .string(head.commit),
            ],
        ]
        var body: [UInt8] = []
        for line in [header] + lines {
            body.append(contentsOf: JSON.string(line).utf8)
            body.append(UInt8(ascii: "\n"))
        }
        // Upon the same parent a second commit cannot be made, but a second pull request can.
        let call = Call(
            method: .post,
            path: Self.path(head.repository, "commit", HubPath.escaped(options.revision)) + Self.query(options),
            headers: ["Content-Type": "application/x-ndjson"], body: body, isRepeatable: !options.opensPullRequest)
        let answer = try Self.object(try await send(call, about: subject), about: subject)
        guard let commit = answer["commitOid"]?.stringValue else {
            throw HubError(.malformedAnswer, "cannot \(subject.action): the Hub does not name the commit")
        }
        return HubCommit(
            commit: commit, url: (answer["pullRequestUrl"] ?? answer["commitUrl"])?.stringValue, isUnchanged: false,
            ignored: [], uploadedBytes: 0)
    }

    private func subject(_ head: HubHead, _ options: HubCommitOptions) -> HubSubject {
        HubSubject(
            repository: head.repository, revision: options.revision, action: "push to the dataset '\(head.repository)'",
            writes: true)
    }

    private static func query(_ options: HubCommitOptions) -> String {
        options.opensPullRequest ? "?create_pr=1" : ""
    }
}
