/// Brotli through the system's library, for reading alone.
enum Brotli {
    private typealias Decode =
        @convention(c) @Sendable (Int, UnsafeRawPointer?, UnsafeMutablePointer<Int>, UnsafeMutableRawPointer?) -> Int32

    private static let decode: Decode? = {
        let names = [
            "libbrotlidec.so.1", "libbrotlidec.1.dylib", "/opt/homebrew/lib/libbrotlidec.1.dylib",
            "/usr/local/lib/libbrotlidec.1.dylib",
        ]
        return DynamicLibrary(names)?.function("BrotliDecoderDecompress", as: Decode.self)
    }()

    /// Whether the system has the library.
    static var isAvailable: Bool { decode != nil }

    /// Decompresses `source` into exactly `size` bytes at `target`.
    static func decompress(
        _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawPointer, size: Int
    ) throws {
        guard let decode else {
            throw ParquetError(
                .unsupported,
                "Brotli needs the library libbrotlidec, which is not installed; install it (apt install libbrotli1, "
                    + "brew install brotli)")
        }
        var written = size
        guard decode(source.count, source.baseAddress, &written, target) == 1, written == size else {
            throw ParquetError(.damaged, "a page compressed with Brotli does not decompress")
        }
    }
}
