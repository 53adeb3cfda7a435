#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#elseif canImport(Android)
    internal import Android
#endif

/// The C library's `pow`, which Python uses too.
func floatPower(_ base: Double, _ exponent: Double) -> Double {
    pow(base, exponent)
}
