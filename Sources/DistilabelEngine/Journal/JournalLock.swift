internal import Synchronization

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// Keeps two runs from one journal: a lock that the system takes back when the process ends, however it does.
final class JournalLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Takes the lock.
    ///
    /// - Throws: `JournalError` with `inUse` where another run has it.
    init(folder: String) throws {
        let path = folder + "/lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw JournalError(
                .notWritable,
                "the folder \(folder), which keeps the models' answers, cannot be written; give another one with --cache-dir"
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.text(of: descriptor)
            close(descriptor)
            throw JournalError(
                .inUse,
                "another run\(holder.isEmpty ? "" : " (process \(holder))") uses the answers in \(folder); wait for it, or give this one a folder of its own with --cache-dir"
            )
        }
        _ = ftruncate(descriptor, 0)
        let text = Array(String(getpid()).utf8)
        _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    /// Gives the lock back.
    ///
    /// The lock belongs to what was opened, not to the descriptor: a child process that another thread is about to start has a copy of the descriptor until
    /// it runs its program, so closing ours alone would leave the lock with the child for that while.
    func release() {
        descriptor.withLock { descriptor in
            guard let open = descriptor.take() else { return }
            flock(open, LOCK_UN)
            close(open)
        }
    }

    private static func text(of descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 20)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}

/// Puts files aside that cannot be used; nothing is ever deleted.
enum JournalAside {
    /// Renames a database and what belongs to it.
    ///
    /// - Returns: The new name.
    static func move(_ path: String) throws -> String {
        var number = 1
        while access("\(path).\(number)", F_OK) == 0 { number += 1 }
        let aside = "\(path).\(number)"
        guard rename(path, aside) == 0 else {
            throw JournalError(.notWritable, "\(path) cannot be set aside; check the permissions of its folder")
        }
        for ending in ["-wal", "-shm"] { _ = rename(path + ending, aside + ending) }
        return aside
    }
}
