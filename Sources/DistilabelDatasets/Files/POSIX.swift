#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The few calls of the operating system that this module makes, with errors that name the path.
enum POSIX {
    /// The error for what the last call refused.
    ///
    /// - Parameters:
    ///   - action: what could not be done, such as `cannot write out/train.jsonl`.
    ///   - path: what lies on the disk in question.
    static func failure(_ action: String, path: String, number: Int32 = errno) -> DatasetError {
        let reason = String(cString: strerror(number))
        switch number {
        case ENOSPC, EDQUOT:
            return DatasetError(
                .diskFull,
                "\(action): \(reason); free some space on the disk of \(path) or choose an output folder on another")
        case ENOENT: return DatasetError(.notFound, "\(action): \(reason)")
        case EACCES, EPERM, EROFS:
            return DatasetError(
                .notWritable, "\(action): \(reason); choose a folder that this user may use, or change its permissions")
        default: return DatasetError(.io, "\(action): \(reason)")
        }
    }

    /// Whether a message quotes the system's words for a full disk; other modules hand their errors on as text.
    static func isDiskFull(_ message: String) -> Bool {
        [ENOSPC, EDQUOT].contains { message.contains(String(cString: strerror($0))) }
    }

    static func makeDirectory(_ path: String) throws {
        guard mkdir(path, 0o755) == 0 else { throw failure("cannot make the folder \(path)", path: path) }
    }

    static func rename(_ old: String, to new: String) throws {
        #if canImport(Darwin)
            let result = Darwin.rename(old, new)
        #elseif canImport(Musl)
            let result = Musl.rename(old, new)
        #else
            let result = Glibc.rename(old, new)
        #endif
        guard result == 0 else { throw failure("cannot rename \(old) to \(new)", path: new) }
    }

    static func removeFile(_ path: String) { _ = unlink(path) }

    /// Waits until what is known of a file or a folder lies on the disk.
    static func synchronize(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot open \(path)", path: path) }
        defer { _ = close(descriptor) }
        // Some file systems cannot synchronise a folder, and have no need of it.
        if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP, errno != EBADF {
            throw failure("cannot bring \(path) to the disk", path: path)
        }
    }

    /// Opens a folder and takes its lock, which the system gives back when the process ends, however it ends.
    ///
    /// - Returns: the descriptor that holds the lock, or nil where another process has it.
    static func lock(_ path: String) -> Int32? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
        _ = close(descriptor)
        return nil
    }

    static func unlock(_ descriptor: Int32) { _ = close(descriptor) }

    static var processIdentifier: Int32 { getpid() }

    enum Kind { case file, folder, other }

    /// What stands at a path, links followed; nil where nothing does.
    static func kind(_ path: String) -> Kind? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .folder
        default: return .other
        }
    }

    /// How many bytes a file has; nil where there is none.
    static func size(_ path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Int(status.st_size)
    }

    /// The device on which a file or folder lies, or nil where there is none.
    static func device(_ path: String) -> UInt64? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return UInt64(truncatingIfNeeded: status.st_dev)
    }

    /// The names in a folder, sorted, without `.` and `..`.
    static func names(in path: String) throws -> [String] {
        guard let folder = opendir(path) else { throw failure("cannot list \(path)", path: path) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a file, a link, or a folder with all that it holds; links are not followed.
    static func removeTree(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR {
            for name in (try? names(in: path)) ?? [] { removeTree(path + "/" + name) }
            _ = rmdir(path)
        } else {
            _ = unlink(path)
        }
    }

    /// Copies a folder with all that it holds; links are copied as what they lead to.
    static func copyTree(_ path: String, to target: String) throws {
        try makeDirectory(target)
        for name in try names(in: path) {
            let source = path + "/" + name
            if kind(source) == .folder {
                try copyTree(source, to: target + "/" + name)
                continue
            }
            let input = try InputFile(path: source)
            var output = try OutputFile(path: target + "/" + name)
            while case let bytes = try input.read(1 << 20), !bytes.isEmpty { try output.append { $0 += bytes } }
            try output.finish()
        }
    }

    /// The path without links and dots, or nil where it does not exist.
    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

/// A file that is written from start to end, through a buffer.
struct OutputFile: ~Copyable {
    let path: String
    private(set) var byteCount = 0
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    private static let bufferLimit = 1 << 18

    /// Makes or empties the file.
    init(path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw POSIX.failure("cannot open \(path) for writing", path: path) }
    }

    deinit { _ = close(descriptor) }

    /// Lets `body` append to the buffer, and writes it where it is full.
    mutating func append(_ body: (inout [UInt8]) throws -> Void) throws {
        try body(&buffer)
        if buffer.count >= Self.bufferLimit { try flush() }
    }

    mutating func flush() throws {
        try buffer.withUnsafeBytes { bytes in
            var bytes = bytes[...]
            while !bytes.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: bytes)
                let done = write(descriptor, part.baseAddress, part.count)
                if done < 0 {
                    if errno == EINTR { continue }
                    throw POSIX.failure("cannot write \(path)", path: path)
                }
                bytes = bytes.dropFirst(done)
            }
        }
        byteCount += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    /// Writes what is left and waits until it lies on the disk.
    mutating func finish() throws {
        try flush()
        if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP {
            throw POSIX.failure("cannot bring \(path) to the disk", path: path)
        }
    }
}

/// A file that is read from start to end.
final class InputFile {
    let path: String
    private let descriptor: Int32

    init(path: String) throws {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIX.failure("cannot open \(path)", path: path) }
    }

    deinit { _ = close(descriptor) }

    /// Goes on reading at an offset from the start.
    func seek(to offset: Int) throws {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else {
            throw POSIX.failure("cannot read \(path)", path: path)
        }
    }

    /// The next bytes, at most `count`; empty at the end.
    func read(_ count: Int) throws -> [UInt8] {
        try Array(unsafeUninitializedCapacity: count) { buffer, filled in
            while true {
                #if canImport(Darwin)
                    let done = Darwin.read(descriptor, buffer.baseAddress, count)
                #elseif canImport(Musl)
                    let done = Musl.read(descriptor, buffer.baseAddress, count)
                #else
                    let done = Glibc.read(descriptor, buffer.baseAddress, count)
                #endif
                if done >= 0 {
                    filled = done
                    return
                }
                if errno != EINTR { throw POSIX.failure("cannot read \(path)", path: path) }
            }
        }
    }
}
