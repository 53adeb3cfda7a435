#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Bytes of a known number that are read from any place, for ``ParquetFileReader``.
///
/// One whose bytes come from far away better conforms to ``ParquetRangeSource``.
public protocol ParquetByteSource: Sendable {
    /// What the bytes are called in errors.
    var name: String { get }
    /// How many bytes there are.
    var count: Int { get }
    /// Fills `target` with the bytes from `offset` on; all of them lie within ``count``.
    ///
    /// - Throws: where they cannot be read; the reader passes the error on.
    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws
}

/// A file, read without moving a position, so that many readers may share it.
final class FileSource: ParquetByteSource {
    let name: String
    let count: Int
    private let descriptor: Int32

    init(path: String) throws {
        name = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 { throw FileOutput.failure("cannot open \(path)") }
        let end = lseek(descriptor, 0, SEEK_END)
        count = max(0, Int(end))
    }

    deinit { _ = close(descriptor) }

    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws {
        guard let base = target.baseAddress else { return }
        var done = 0
        while done < target.count {
            let got = pread(descriptor, base + done, target.count - done, off_t(offset + done))
            if got < 0 {
                if errno == EINTR { continue }
                throw FileOutput.failure("cannot read \(name)")
            }
            if got == 0 { throw ParquetError(.damaged, "\(name) became shorter while it was read") }
            done += got
        }
    }
}

/// Bytes in memory.
struct MemorySource: ParquetByteSource {
    let name = "the bytes"
    let bytes: [UInt8]

    var count: Int { bytes.count }

    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws {
        guard offset >= 0, offset + target.count <= bytes.count else {
            throw ParquetError(.damaged, "\(name) end too early")
        }
        bytes.withUnsafeBytes {
            target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + target.count]))
        }
    }
}
