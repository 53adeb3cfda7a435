/// The functions of the system's zlib, and how its `z_stream` lies in memory.
package struct Zlib: Sendable {
    package typealias Start =
        @convention(c) @Sendable (UnsafeMutableRawPointer, Int32, UnsafePointer<CChar>, Int32) -> Int32
    package typealias StartDeflate =
        @convention(c) @Sendable (
            UnsafeMutableRawPointer, Int32, Int32, Int32, Int32, Int32, UnsafePointer<CChar>, Int32
        ) -> Int32
    package typealias Run = @convention(c) @Sendable (UnsafeMutableRawPointer, Int32) -> Int32
    package typealias Call = @convention(c) @Sendable (UnsafeMutableRawPointer) -> Int32

    package let start: Start
    package let inflate: Run
    package let reset: Call
    package let end: Call
    package let startDeflate: StartDeflate
    package let deflate: Run
    package let endDeflate: Call

    /// zlib's `z_stream` as it lies in memory on every 64-bit system with 64-bit `long`.
    package enum Stream {
        package static let size = 112
        package static let input = 0
        package static let inputLeft = 8
        package static let output = 24
        package static let outputLeft = 32
    }

    /// The library; nil where the system has none.
    package static let shared: Zlib? = {
        guard MemoryLayout<Int>.size == 8, let opened = DynamicLibrary(["libz.so.1", "/usr/lib/libz.1.dylib"]),
            let start = opened.function("inflateInit2_", as: Start.self),
            let inflate = opened.function("inflate", as: Run.self),
            let reset = opened.function("inflateReset", as: Call.self),
            let end = opened.function("inflateEnd", as: Call.self),
            let startDeflate = opened.function("deflateInit2_", as: StartDeflate.self),
            let deflate = opened.function("deflate", as: Run.self),
            let endDeflate = opened.function("deflateEnd", as: Call.self)
        else { return nil }
        return Zlib(
            start: start, inflate: inflate, reset: reset, end: end, startDeflate: startDeflate, deflate: deflate,
            endDeflate: endDeflate)
    }()
}
