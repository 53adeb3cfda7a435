/// How the pages of a file are compressed.
public enum ParquetCompression: Hashable, Sendable {
    /// Not at all.
    case none
    /// Snappy, built in: fast, and what most writers use unless told otherwise.
    case snappy
    /// Zstandard at a level (1 to 19; low ones are fast), through the system's library.
    ///
    /// Writing throws where that library is not installed; ask ``isAvailable`` first.
    case zstd(level: Int = 1)
    /// Gzip, through the system's zlib; slower than both and larger than Zstandard.
    case gzip

    /// Whether this process can write with it: false only where the system has no library for Zstandard or gzip.
    public var isAvailable: Bool {
        switch self {
        case .none, .snappy: true
        case .zstd: Zstandard.library != nil
        case .gzip: Gzip.isAvailable
        }
    }

    var code: Int32 {
        switch self {
        case .none: 0
        case .snappy: 1
        case .gzip: 2
        case .zstd: 6
        }
    }
}

/// Compresses the pages of one writer.
final class PageCompressor {
    private let method: ParquetCompression
    private let snappy = SnappyCompressor()
    private let zstandard: Zstandard.Compressor?

    init(_ method: ParquetCompression) throws {
        self.method = method
        if method == .gzip { try Gzip.check() }
        if case .zstd(let level) = method {
            zstandard = try Zstandard.Compressor(level: level)
        } else {
            zstandard = nil
        }
    }

    /// Replaces what `output` holds with the compressed form of `source`.
    func compress(_ source: UnsafeRawBufferPointer, into output: ByteBuffer) throws {
        output.count = 0
        switch method {
        case .none: output.append(source)
        case .snappy: snappy.compress(source, into: output)
        case .gzip: try Gzip.compress(source, into: output)
        case .zstd: try zstandard?.compress(source, into: output)
        }
    }
}

/// Decompresses pages by the number of their codec.
enum PageDecompressor {
    /// Decompresses `source` into exactly `size` bytes at `target`.
    static func decompress(
        codec: Int32, _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawPointer, size: Int
    ) throws {
        switch codec {
        case 0:
            guard source.count == size else {
                throw ParquetError(.damaged, "an uncompressed page has \(source.count) bytes, not \(size)")
            }
            if let base = source.baseAddress { target.copyMemory(from: base, byteCount: size) }
        case 1: try SnappyDecompressor.decompress(source, into: target, size: size)
        case 2: try Gzip.decompress(source, into: target, size: size)
        case 4: try Brotli.decompress(source, into: target, size: size)
        case 5: try LZ4.decompressFramed(source, into: target, size: size)
        case 6: try Zstandard.decompress(source, into: target, size: size)
        case 7: try LZ4.decompress(source, into: target, size: size)
        default: try check(codec: codec)
        }
    }

    /// Throws where pages of a codec are not read, and names it.
    static func check(codec: Int32) throws {
        guard (0...7).contains(codec), codec != 3 else {
            throw ParquetError(
                .unsupported,
                "its pages are compressed with \(codec == 3 ? "LZO" : "codec \(codec)"); "
                    + "write the file again with Snappy or Zstandard")
        }
    }
}
