/// The generator MT19937 with 32-bit words, seeded as numpy's `RandomState(seed)` and Python's reference seed it with a number.
///
/// Method: Matsumoto and Nishimura, "Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number generator"
/// (1998), http://www.math.sci.hiroshima-u.ac.jp/m-mat/MT/emt.html
struct MersenneTwister: RandomNumberGenerator, Sendable {
    private var words: [UInt32]
    private var position: Int

    private static let count = 624
    private static let shift = 397

    /// Begins with a seed.
    init(seed: UInt32) {
        words = [seed]
        words.reserveCapacity(Self.count)
        for place in 1..<Self.count {
            let last = words[place - 1]
            words.append(1_812_433_253 &* (last ^ (last >> 30)) &+ UInt32(place))
        }
        position = Self.count
    }

    /// The next 32 bits.
    mutating func next32() -> UInt32 {
        if position == Self.count { refill() }
        var word = words[position]
        position += 1
        word ^= word >> 11
        word ^= (word << 7) & 0x9D2C_5680
        word ^= (word << 15) & 0xEFC6_0000
        return word ^ (word >> 18)
    }

    /// The next 64 bits, the first word as the higher half.
    mutating func next() -> UInt64 {
        let high = UInt64(next32())
        return high << 32 | UInt64(next32())
    }

    /// The next number from `low` to `high`, drawn as numpy's legacy `randint` draws 64-bit numbers: of as many bits as `high - low` has,
    /// until one fits.
    mutating func next(from low: UInt64, through high: UInt64) -> UInt64 {
        let range = high - low
        if range == 0 { return low }
        let mask = UInt64.max >> UInt64(range.leadingZeroBitCount)
        while true {
            let drawn = (range <= UInt64(UInt32.max) ? UInt64(next32()) : next()) & mask
            if drawn <= range { return low + drawn }
        }
    }

    private mutating func refill() {
        for place in 0..<Self.count {
            let mixed = (words[place] & 0x8000_0000) | (words[(place + 1) % Self.count] & 0x7FFF_FFFF)
            let twisted = words[(place + Self.shift) % Self.count] ^ (mixed >> 1)
            words[place] = mixed & 1 == 0 ? twisted : twisted ^ 0x9908_B0DF
        }
        position = 0
    }
}
