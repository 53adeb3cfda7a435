/// Gzip and zlib streams through the system's zlib.
enum Gzip {
    /// Whether the system has the library.
    static var isAvailable: Bool { Zlib.shared != nil }

    private static func loaded() throws -> Zlib {
        guard let library = Zlib.shared else {
            throw ParquetError(
                .unsupported, "gzip needs the library libz, which is not installed; install it (apt install zlib1g)")
        }
        return library
    }

    /// Throws where the system has no zlib.
    static func check() throws { _ = try loaded() }

    private static func stream(
        _ base: UnsafeRawPointer?, _ count: UInt32, _ target: UnsafeMutableRawPointer, _ room: UInt32
    ) -> UnsafeMutableRawPointer {
        let stream = UnsafeMutableRawPointer.allocate(byteCount: Zlib.Stream.size, alignment: 16)
        stream.initializeMemory(as: UInt8.self, repeating: 0, count: Zlib.Stream.size)
        stream.storeBytes(of: base, toByteOffset: Zlib.Stream.input, as: UnsafeRawPointer?.self)
        stream.storeBytes(of: count, toByteOffset: Zlib.Stream.inputLeft, as: UInt32.self)
        stream.storeBytes(of: target, toByteOffset: Zlib.Stream.output, as: UnsafeMutableRawPointer.self)
        stream.storeBytes(of: room, toByteOffset: Zlib.Stream.outputLeft, as: UInt32.self)
        return stream
    }

    /// Decompresses `source` into exactly `size` bytes at `target`.
    static func decompress(
        _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawPointer, size: Int
    ) throws {
        let library = try loaded()
        let damaged = ParquetError(.damaged, "a page compressed with gzip does not decompress")
        guard let base = source.baseAddress, let sourceCount = UInt32(exactly: source.count),
            let room = UInt32(exactly: size)
        else { throw damaged }
        let stream = Self.stream(base, sourceCount, target, room)
        defer { stream.deallocate() }
        // 15 bits of window, plus 32 so that the header tells gzip from zlib.
        guard library.start(stream, 15 + 32, "1", Int32(Zlib.Stream.size)) == 0 else { throw damaged }
        defer { _ = library.end(stream) }
        // A page may be several gzip members after one another.
        while true {
            let status = library.inflate(stream, 0)
            let outputLeft = stream.load(fromByteOffset: Zlib.Stream.outputLeft, as: UInt32.self)
            let inputLeft = stream.load(fromByteOffset: Zlib.Stream.inputLeft, as: UInt32.self)
            guard status == 1 else { throw damaged }
            if outputLeft == 0 { return }
            guard inputLeft > 0, library.reset(stream) == 0 else { throw damaged }
        }
    }

    /// Appends the compressed form of `source`, a gzip member, to `output`.
    static func compress(_ source: UnsafeRawBufferPointer, into output: ByteBuffer) throws {
        let library = try loaded()
        let failed = ParquetError(.io, "gzip could not compress a page")
        // Stored blocks cost five bytes for every 16 KiB at the most, and the member has a head and a tail.
        let bound = source.count + source.count / 1024 + 64
        output.reserve(bound)
        guard let count = UInt32(exactly: source.count), let room = UInt32(exactly: bound) else { throw failed }
        let stream = Self.stream(source.baseAddress, count, output.base + output.count, room)
        defer { stream.deallocate() }
        // Level 6 and memory level 8 are zlib's defaults; 16 more bits of window ask for a gzip header; 8 is deflate.
        guard library.startDeflate(stream, 6, 8, 15 + 16, 8, 0, "1", Int32(Zlib.Stream.size)) == 0 else { throw failed }
        defer { _ = library.endDeflate(stream) }
        guard library.deflate(stream, 4) == 1 else { throw failed }
        output.count += bound - Int(stream.load(fromByteOffset: Zlib.Stream.outputLeft, as: UInt32.self))
    }
}
