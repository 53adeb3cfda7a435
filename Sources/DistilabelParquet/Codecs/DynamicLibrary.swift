#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A shared library of the system, opened while the program runs and never closed.
///
/// So that the package needs no development files to build and runs where a library is missing.
package struct DynamicLibrary: Sendable {
    private let handle: UInt

    /// Opens the first of the names that the system knows.
    package init?(_ names: [String]) {
        for name in names {
            if let opened = dlopen(name, RTLD_NOW | RTLD_LOCAL) {
                handle = UInt(bitPattern: opened)
                return
            }
        }
        return nil
    }

    /// The function under a name, as the C function type that its header declares.
    package func function<Signature>(_ name: String, as type: Signature.Type) -> Signature? {
        guard let address = dlsym(UnsafeMutableRawPointer(bitPattern: handle), name) else { return nil }
        return unsafeBitCast(address, to: type)
    }
}
