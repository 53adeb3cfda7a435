#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file that is written from start to end.
final class FileOutput {
    let path: String
    private(set) var position: Int64 = 0
    private var descriptor: Int32

    /// Makes or empties the file.
    init(path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        if descriptor < 0 { throw Self.failure("cannot open \(path) for writing") }
    }

    deinit {
        if descriptor >= 0 { _ = close(descriptor) }
    }

    static func failure(_ what: String) -> ParquetError {
        let reason = String(cString: strerror(errno))
        return ParquetError(.io, "\(what): \(reason)")
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard var start = bytes.baseAddress else { return }
        var left = bytes.count
        while left > 0 {
            #if canImport(Darwin)
                let done = Darwin.write(descriptor, start, left)
            #elseif canImport(Musl)
                let done = Musl.write(descriptor, start, left)
            #else
                let done = Glibc.write(descriptor, start, left)
            #endif
            if done < 0 {
                if errno == EINTR { continue }
                throw Self.failure("cannot write to \(path)")
            }
            start += done
            left -= done
            position += Int64(done)
        }
    }

    func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try write($0) }
    }

    /// Waits until what was written lies on the disk.
    func synchronize() throws {
        // A pipe or a device cannot be synchronised, and has no need of it.
        if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP {
            throw Self.failure("cannot bring \(path) to the disk")
        }
    }

    func finish() throws {
        let closing = descriptor
        descriptor = -1
        if close(closing) != 0 { throw Self.failure("cannot close \(path)") }
    }
}
