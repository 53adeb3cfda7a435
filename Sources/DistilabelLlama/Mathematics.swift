#if Llama

    #if canImport(Darwin)
        internal import Darwin
    #elseif canImport(Musl)
        internal import Musl
    #else
        internal import Glibc
    #endif

    extension Double {
        /// e to a power.
        static func exponential(_ power: Double) -> Double { exp(power) }
        /// The natural logarithm.
        static func logarithm(_ value: Double) -> Double { log(value) }
    }

    /// How many processors this process may use.
    func availableProcessorCount() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

#endif
