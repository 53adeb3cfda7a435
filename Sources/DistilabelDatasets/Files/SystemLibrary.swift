#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// A shared library of the system, opened while the program runs and never closed.
struct SystemLibrary: Sendable {
    private let handle: UInt

    /// Opens the first of the names that the system knows.
    init?(_ names: [String]) {
        guard let opened = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else { return nil }
        handle = UInt(bitPattern: opened)
    }

    /// The function under a name, as the C function type that its header declares.
    func function<Signature>(_ name: String, as type: Signature.Type) -> Signature? {
        dlsym(UnsafeMutableRawPointer(bitPattern: handle), name).map { unsafeBitCast($0, to: type) }
    }
}
