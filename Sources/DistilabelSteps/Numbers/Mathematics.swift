#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The system's functions, of which Foundation would add others of the same names.
enum Mathematics {
    /// e to a power.
    static func exponential(_ power: Double) -> Double { exp(power) }
    /// The logarithm to the base 2.
    static func binaryLogarithm(_ value: Double) -> Double { log2(value) }
    /// A number to a power.
    static func power(_ base: Float, _ exponent: Float) -> Float { powf(base, exponent) }
}
