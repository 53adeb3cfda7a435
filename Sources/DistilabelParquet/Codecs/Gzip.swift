/// Gzip and zlib streams through the system's zlib, for reading alone.
enum Gzip {
    private struct Library: Sendable {
        let start: @convention(c) @Sendable (UnsafeMutableRawPointer, Int32, UnsafePointer<CChar>, Int32) -> Int32
        let inflate: @convention(c) @Sendable (UnsafeMutableRawPointer, Int32) -> Int32
        let reset: @convention(c) @Sendable (UnsafeMutableRawPointer) -> Int32
        let end: @convention(c) @Sendable (UnsafeMutableRawPointer) -> Int32
    }

    /// zlib's `z_stream` as it lies in memory on every 64-bit system with 64-bit `long`.
    private enum Stream {
        static let size = 112
        static let input = 0
        static let inputLeft = 8
        static let output = 24
        static let outputLeft = 32
    }

    private static let library: Library? = {
        guard MemoryLayout<Int>.size == 8, let opened = DynamicLibrary(["libz.so.1", "/usr/lib/libz.1.dylib"]),
            let start = opened.function(
                "inflateInit2_",
                as: (@convention(c) @Sendable (UnsafeMutableRawPointer, Int32, UnsafePointer<CChar>, Int32) -> Int32)
                    .self),
            let inflate = opened.function(
                "inflate", as: (@convention(c) @Sendable (UnsafeMutableRawPointer, Int32) -> Int32).self),
            let reset = opened.function(
                "inflateReset", as: (@convention(c) @Sendable (UnsafeMutableRawPointer) -> Int32).self),
            let end = opened.function(
                "inflateEnd", as: (@convention(c) @Sendable (UnsafeMutableRawPointer) -> Int32).self)
        else { return nil }
        return Library(start: start, inflate: inflate, reset: reset, end: end)
    }()

    static func decompress(
        _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawPointer, size: Int
    ) throws {
        guard let library else {
            throw ParquetError(
                .unsupported, "gzip needs the library libz, which is not installed; install it (apt install zlib1g)")
        }
        let damaged = ParquetError(.damaged, "a page compressed with gzip does not decompress")
        guard let base = source.baseAddress, let sourceCount = UInt32(exactly: source.count),
            let room = UInt32(exactly: size)
        else { throw damaged }
        let stream = UnsafeMutableRawPointer.allocate(byteCount: Stream.size, alignment: 16)
        defer { stream.deallocate() }
        stream.initializeMemory(as: UInt8.self, repeating: 0, count: Stream.size)
        // 15 bits of window, plus 32 so that the header tells gzip from zlib.
        guard library.start(stream, 15 + 32, "1", Int32(Stream.size)) == 0 else { throw damaged }
        defer { _ = library.end(stream) }
        stream.storeBytes(of: base, toByteOffset: Stream.input, as: UnsafeRawPointer.self)
        stream.storeBytes(of: sourceCount, toByteOffset: Stream.inputLeft, as: UInt32.self)
        stream.storeBytes(of: target, toByteOffset: Stream.output, as: UnsafeMutableRawPointer.self)
        stream.storeBytes(of: room, toByteOffset: Stream.outputLeft, as: UInt32.self)
        // A page may be several gzip members after one another.
        while true {
            let status = library.inflate(stream, 0)
            let outputLeft = stream.load(fromByteOffset: Stream.outputLeft, as: UInt32.self)
            let inputLeft = stream.load(fromByteOffset: Stream.inputLeft, as: UInt32.self)
            guard status == 1 else { throw damaged }
            if outputLeft == 0 { return }
            guard inputLeft > 0, library.reset(stream) == 0 else { throw damaged }
        }
    }
}
