internal import DistilabelParquet

/// Decompresses a stream piece by piece, in bounded memory.
protocol Inflater: AnyObject {
    /// Fills `output` from `input`, and says how much of both was used.
    ///
    /// - Returns: The bytes read, the bytes written, and whether the stream may end here.
    func inflate(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws -> (read: Int, written: Int, isComplete: Bool)
}

/// Gzip through the system's zlib; several members after one another are one stream.
final class GzipInflater: Inflater {
    private let library: Zlib
    private let stream: UnsafeMutableRawPointer
    private var isBetweenMembers = false

    init() throws {
        guard let library = Zlib.shared else {
            throw DatasetError(
                .unsupported, "gzip needs the library libz, which is not installed; install it (apt install zlib1g)")
        }
        self.library = library
        stream = .allocate(byteCount: Zlib.Stream.size, alignment: 16)
        stream.initializeMemory(as: UInt8.self, repeating: 0, count: Zlib.Stream.size)
        // 15 bits of window; 16 says that there must be a header of gzip.
        guard library.start(stream, 15 + 16, "1", Int32(Zlib.Stream.size)) == 0 else {
            stream.deallocate()
            throw DatasetError(.io, "gzip got no memory for its work")
        }
    }

    deinit {
        _ = library.end(stream)
        stream.deallocate()
    }

    func inflate(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws -> (read: Int, written: Int, isComplete: Bool) {
        if isBetweenMembers, !input.isEmpty {
            guard library.reset(stream) == 0 else { throw Self.damaged }
            isBetweenMembers = false
        }
        guard let target = output.baseAddress else { return (0, 0, isBetweenMembers) }
        // Without input there may be output still that had no room before.
        let source = input.baseAddress ?? UnsafeRawPointer(target)
        stream.storeBytes(of: source, toByteOffset: Zlib.Stream.input, as: UnsafeRawPointer.self)
        stream.storeBytes(of: UInt32(clamping: input.count), toByteOffset: Zlib.Stream.inputLeft, as: UInt32.self)
        stream.storeBytes(of: target, toByteOffset: Zlib.Stream.output, as: UnsafeMutableRawPointer.self)
        stream.storeBytes(of: UInt32(clamping: output.count), toByteOffset: Zlib.Stream.outputLeft, as: UInt32.self)
        let status = library.inflate(stream, 0)
        let inputLeft = Int(stream.load(fromByteOffset: Zlib.Stream.inputLeft, as: UInt32.self))
        let outputLeft = Int(stream.load(fromByteOffset: Zlib.Stream.outputLeft, as: UInt32.self))
        // 0: go on; 1: a member has ended; -5: no room or no input, which more of either mends.
        guard [0, 1, -5].contains(status) else { throw Self.damaged }
        isBetweenMembers = status == 1
        return (input.count - inputLeft, output.count - outputLeft, isBetweenMembers)
    }

    private static let damaged = DatasetError(.malformed, "what is compressed with gzip does not decompress")
}

/// Zstandard through the system's library; several frames after one another are one stream.
final class ZstandardInflater: Inflater {
    private typealias Make = @convention(c) @Sendable () -> OpaquePointer?
    private typealias Free = @convention(c) @Sendable (OpaquePointer?) -> Int
    private typealias IsError = @convention(c) @Sendable (Int) -> UInt32
    private typealias Decompress =
        @convention(c) @Sendable (
            OpaquePointer?, UnsafeMutableRawPointer, UnsafeMutableRawPointer
        ) -> Int

    private struct Library: Sendable {
        var make: Make
        var free: Free
        var isError: IsError
        var decompress: Decompress
    }

    /// The library's `ZSTD_inBuffer` and `ZSTD_outBuffer`.
    private struct Buffer {
        var base: UnsafeRawPointer?
        var size: Int
        var position = 0
    }

    private static let library: Library? = {
        let names = [
            "libzstd.so.1", "libzstd.1.dylib", "/opt/homebrew/lib/libzstd.1.dylib", "/usr/local/lib/libzstd.1.dylib",
        ]
        guard let opened = DynamicLibrary(names), let make = opened.function("ZSTD_createDStream", as: Make.self),
            let free = opened.function("ZSTD_freeDStream", as: Free.self),
            let isError = opened.function("ZSTD_isError", as: IsError.self),
            let decompress = opened.function("ZSTD_decompressStream", as: Decompress.self)
        else { return nil }
        return Library(make: make, free: free, isError: isError, decompress: decompress)
    }()

    private let library: Library
    private let stream: OpaquePointer
    private var isBetweenFrames = false

    init() throws {
        guard let library = Self.library else {
            throw DatasetError(
                .unsupported,
                "Zstandard needs the library libzstd, which is not installed; install it (apt install libzstd1, "
                    + "brew install zstd)")
        }
        guard let stream = library.make() else { throw DatasetError(.io, "Zstandard got no memory for its work") }
        self.library = library
        self.stream = stream
    }

    deinit { _ = library.free(stream) }

    func inflate(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws -> (read: Int, written: Int, isComplete: Bool) {
        var source = Buffer(base: input.baseAddress, size: input.count)
        var target = Buffer(base: output.baseAddress.map { UnsafeRawPointer($0) }, size: output.count)
        let left = withUnsafeMutablePointer(to: &target) { target in
            withUnsafeMutablePointer(to: &source) { library.decompress(stream, target, $0) }
        }
        guard library.isError(left) == 0 else {
            throw DatasetError(.malformed, "what is compressed with Zstandard does not decompress")
        }
        if source.position > 0 || target.position > 0 { isBetweenFrames = left == 0 }
        return (source.position, target.position, isBetweenFrames)
    }
}
