#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The folder in which downloads are kept, laid out as `huggingface_hub` does, so that what either fetched serves both.
///
///     datasets--OWNER--NAME/blobs/ETAG                    the bytes, once
///     datasets--OWNER--NAME/snapshots/COMMIT/PATH         links to them
///     datasets--OWNER--NAME/refs/REVISION                 the commit that a revision was
///     .locks/datasets--OWNER--NAME/ETAG.lock              held by who downloads
struct HubCache {
    let root: String
    let repository: HubRepository

    private var folderName: String { "datasets--" + repository.id.split(separator: "/").joined(separator: "--") }
    private var folder: String { root + "/" + folderName }

    /// Where a file of a commit lies, or is to lie.
    func snapshot(_ path: String, commit: String) -> String { "\(folder)/snapshots/\(commit)/\(path)" }

    /// Where the bytes lie.
    func blob(_ tag: String) -> String { "\(folder)/blobs/\(tag)" }

    /// Where they are gathered until they are whole.
    func partial(_ tag: String) -> String { blob(tag) + ".incomplete" }

    /// The commit that a revision was when it was last looked at; a commit is itself.
    func commit(of revision: String) -> String? {
        if Hexadecimal.isText(revision, digits: 40) { return revision }
        guard (try? HubPath.checked(revision)) != nil,
            let bytes = FileManager.default.contents(atPath: "\(folder)/refs/\(revision)")
        else { return nil }
        let commit = String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace }
        return Hexadecimal.isText(commit, digits: 40) ? commit : nil
    }

    /// The file of a revision, where it is here.
    func find(_ path: String, revision: String) -> String? {
        guard let commit = commit(of: revision) else { return nil }
        let place = snapshot(path, commit: commit)
        return FileManager.default.fileExists(atPath: place) ? place : nil
    }

    /// All files of a commit that are here, by their paths in the repository.
    func files(ofCommit commit: String) -> [String] { FolderListing.files(below: "\(folder)/snapshots/\(commit)") }

    /// Notes which commit a revision is.
    func note(_ revision: String, is commit: String) throws {
        guard revision != commit, (try? HubPath.checked(revision)) != nil else { return }
        let path = "\(folder)/refs/\(revision)"
        if self.commit(of: revision) == commit { return }
        try make(folderOf: path)
        try attempt("write", path) { try Data(commit.utf8).write(to: URL(filePath: path), options: .atomic) }
    }

    /// Links the bytes into a commit's snapshot.
    func link(_ path: String, commit: String, to tag: String) throws -> String {
        let place = snapshot(path, commit: commit)
        try make(folderOf: place)
        // One step up for each folder below `snapshots`' own.
        let up = String(repeating: "../", count: path.split(separator: "/").count + 1)
        let target = "\(up)blobs/\(tag)"
        if (try? FileManager.default.destinationOfSymbolicLink(atPath: place)) == target { return place }
        // Another process may be doing the same, so the link is made aside and moved.
        let aside = "\(place).\(getpid())-\(UInt32.random(in: .min ... .max))"
        guard symlink(target, aside) == 0 else { throw ContentReader.failure("link", aside) }
        guard rename(aside, place) == 0 else {
            let error = ContentReader.failure("link", place)
            unlink(aside)
            throw error
        }
        return place
    }

    func make(folderOf path: String) throws {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        try attempt("make the folder", folder) {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
    }

    /// Waits for the lock of a file's bytes; the operating system gives it back when the process ends.
    func lock(_ tag: String) async throws -> FileLock {
        let path = "\(root)/.locks/\(folderName)/\(tag).lock"
        try make(folderOf: path)
        let lock = try FileLock(path)
        while !lock.take() { try await Task.sleep(for: .milliseconds(100)) }
        return lock
    }

    private func attempt(_ action: String, _ path: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch {
            throw HubError(
                .localFile, "cannot \(action) \(path) in the cache; choose another with HF_HUB_CACHE (\(error))",
                cause: error)
        }
    }
}

/// Lists folders.
package enum FolderListing {
    /// The paths of all files below a folder, relative to it, sorted; links are followed.
    package static func files(below base: String) -> [String] {
        var found: [String] = []
        var folders = [""]
        while let folder = folders.popLast() {
            for name in (try? FileManager.default.contentsOfDirectory(atPath: base + "/" + folder)) ?? [] {
                let path = folder.isEmpty ? name : folder + "/" + name
                var isFolder = false
                guard FileManager.default.fileExists(atPath: base + "/" + path, isDirectory: &isFolder) else {
                    continue
                }
                if isFolder { folders.append(path) } else { found.append(path) }
            }
        }
        return found.sorted()
    }
}

/// A lock on a file, given back at its end.
final class FileLock: Sendable {
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ContentReader.failure("open", path) }
    }

    deinit { _ = close(descriptor) }

    /// Takes the lock, unless another process has it.
    func take() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }
}

/// A file that bytes are added to.
final class GrowingFile {
    private let path: String
    private let descriptor: Int32
    /// How many bytes it has.
    private(set) var count: Int

    /// Opens a file at its end, or makes it.
    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ContentReader.failure("open", path) }
        count = max(0, Int(lseek(descriptor, 0, SEEK_END)))
    }

    deinit { _ = close(descriptor) }

    func append(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let done = write(descriptor, part.baseAddress, part.count)
            if done < 0 {
                if errno == EINTR { continue }
                throw ContentReader.failure("write", path)
            }
            rest = rest.dropFirst(done)
            count += done
        }
    }

    /// Starts anew.
    func empty() throws {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw ContentReader.failure("empty", path)
        }
        count = 0
    }

    /// Waits until the bytes lie on the disk, and gives the file its name.
    func finish(as name: String) throws {
        if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP { throw ContentReader.failure("keep", path) }
        guard rename(path, name) == 0 else { throw ContentReader.failure("rename", path) }
    }
}
