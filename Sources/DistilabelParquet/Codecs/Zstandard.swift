/// Zstandard through the system's library, which Debian and Ubuntu always have and Homebrew installs on macOS.
enum Zstandard {
    struct Library: Sendable {
        let compressBound: @convention(c) @Sendable (Int) -> Int
        let compress:
            @convention(c) @Sendable (
                OpaquePointer?, UnsafeMutableRawPointer?, Int, UnsafeRawPointer?, Int, Int32
            ) -> Int
        let decompress: @convention(c) @Sendable (UnsafeMutableRawPointer?, Int, UnsafeRawPointer?, Int) -> Int
        let isError: @convention(c) @Sendable (Int) -> UInt32
        let makeContext: @convention(c) @Sendable () -> OpaquePointer?
        let freeContext: @convention(c) @Sendable (OpaquePointer?) -> Int
    }

    /// The library, looked for once; nil where the system has none.
    static let library: Library? = {
        let names = [
            "libzstd.so.1", "libzstd.1.dylib", "/opt/homebrew/lib/libzstd.1.dylib", "/usr/local/lib/libzstd.1.dylib",
        ]
        guard let opened = DynamicLibrary(names),
            let bound = opened.function("ZSTD_compressBound", as: (@convention(c) @Sendable (Int) -> Int).self),
            let compress = opened.function(
                "ZSTD_compressCCtx",
                as: (@convention(c) @Sendable (
                    OpaquePointer?, UnsafeMutableRawPointer?, Int, UnsafeRawPointer?, Int, Int32
                ) -> Int).self),
            let decompress = opened.function(
                "ZSTD_decompress",
                as: (@convention(c) @Sendable (UnsafeMutableRawPointer?, Int, UnsafeRawPointer?, Int) -> Int).self),
            let isError = opened.function("ZSTD_isError", as: (@convention(c) @Sendable (Int) -> UInt32).self),
            let make = opened.function("ZSTD_createCCtx", as: (@convention(c) @Sendable () -> OpaquePointer?).self),
            let free = opened.function("ZSTD_freeCCtx", as: (@convention(c) @Sendable (OpaquePointer?) -> Int).self)
        else { return nil }
        return Library(
            compressBound: bound, compress: compress, decompress: decompress, isError: isError, makeContext: make,
            freeContext: free)
    }()

    private static func loaded() throws -> Library {
        guard let library else {
            throw ParquetError(
                .unsupported,
                "Zstandard needs the library libzstd, which is not installed; install it (apt install libzstd1, "
                    + "brew install zstd) or use Snappy")
        }
        return library
    }

    /// Decompresses `source` into exactly `size` bytes at `target`.
    static func decompress(
        _ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawPointer, size: Int
    ) throws {
        let library = try loaded()
        guard library.decompress(target, size, source.baseAddress, source.count) == size else {
            throw ParquetError(.damaged, "a page compressed with Zstandard does not decompress")
        }
    }

    /// Compresses with one context that is used again for each page.
    final class Compressor {
        private let library: Library
        private let context: OpaquePointer
        private let level: Int32

        init(level: Int) throws {
            library = try Zstandard.loaded()
            guard let made = library.makeContext() else {
                throw ParquetError(.io, "Zstandard got no memory for its work")
            }
            context = made
            self.level = Int32(clamping: min(max(level, 1), 19))
        }

        deinit { _ = library.freeContext(context) }

        func compress(_ source: UnsafeRawBufferPointer, into output: ByteBuffer) throws {
            let room = library.compressBound(source.count)
            output.reserve(room)
            let written = library.compress(
                context, output.base + output.count, room, source.baseAddress, source.count, level)
            guard library.isError(written) == 0 else {
                throw ParquetError(.io, "Zstandard could not compress a page")
            }
            output.count += written
        }
    }
}
