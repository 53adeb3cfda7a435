internal import NIOCore

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The bytes of a file's slice, read as they are asked for.
struct FileSliceBytes: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    /// How much is in memory at once; enough that reading costs little beside sending.
    static let pieceSize = 1 << 18
    let slice: FileSlice

    func makeAsyncIterator() -> Iterator { Iterator(slice) }

    final class Iterator: AsyncIteratorProtocol {
        private let path: String
        private var offset: Int
        private var left: Int
        private var descriptor: Int32 = -1

        init(_ slice: FileSlice) {
            path = slice.path
            offset = slice.offset
            left = slice.count
        }

        deinit { if descriptor >= 0 { _ = close(descriptor) } }

        func next() async throws -> ByteBuffer? {
            guard left > 0 else { return nil }
            if descriptor < 0 {
                descriptor = open(path, O_RDONLY | O_CLOEXEC)
                if descriptor < 0 { throw failure(String(cString: strerror(errno))) }
            }
            let wanted = Swift.min(left, FileSliceBytes.pieceSize)
            var buffer = ByteBuffer()
            let done = try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: wanted) { target in
                while true {
                    let done = pread(descriptor, target.baseAddress, wanted, off_t(offset))
                    if done >= 0 { return done }
                    if errno != EINTR { throw failure(String(cString: strerror(errno))) }
                }
            }
            guard done > 0 else { throw failure("it is shorter than it was; leave it alone while it is sent") }
            offset += done
            left -= done
            return buffer
        }

        private func failure(_ reason: String) -> HTTPError {
            HTTPError(code: .invalidRequest, message: "cannot read \(path): \(reason)")
        }
    }
}
