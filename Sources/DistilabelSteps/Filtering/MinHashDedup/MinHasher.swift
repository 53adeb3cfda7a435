internal import Crypto

/// Makes signatures of sets: two sets have the same number at a place of their signatures as often as an item of both together is in both.
///
/// The numbers are those of Python's datasketch with the same seed: SHA-1's first four bytes under random linear functions modulo 2⁶¹ - 1.
///
/// Method: Broder, "On the resemblance and containment of documents" (1997)
struct MinHasher: Sendable {
    private static let prime: UInt64 = (1 << 61) - 1
    private let factors: [UInt64]
    private let summands: [UInt64]

    /// Makes functions.
    ///
    /// - Parameters:
    ///   - count: How many numbers a signature has.
    ///   - seed: From what the functions are drawn.
    init(count: Int, seed: UInt32) {
        var random = MersenneTwister(seed: seed)
        var factors: [UInt64] = []
        var summands: [UInt64] = []
        for _ in 0..<count {
            factors.append(random.next(from: 1, through: Self.prime - 1))
            summands.append(random.next(from: 0, through: Self.prime - 1))
        }
        self.factors = factors
        self.summands = summands
    }

    /// The signature of a set of tokens; of an empty set the greatest numbers.
    func signature(of tokens: some Sequence<some Collection<UInt8>>) -> [UInt32] {
        var signature = [UInt32](repeating: .max, count: factors.count)
        for token in tokens {
            let hash = UInt64(Self.hash(of: token))
            for place in signature.indices {
                // As in numpy, the product wraps around before the remainder is taken.
                let sum = factors[place] &* hash &+ summands[place]
                var rest = (sum & Self.prime) + (sum >> 61)
                if rest >= Self.prime { rest -= Self.prime }
                signature[place] = min(signature[place], UInt32(truncatingIfNeeded: rest))
            }
        }
        return signature
    }

    /// The first four bytes of the SHA-1, the lowest first.
    static func hash(of token: some Collection<UInt8>) -> UInt32 {
        var hasher = Insecure.SHA1()
        if token.withContiguousStorageIfAvailable({ hasher.update(bufferPointer: UnsafeRawBufferPointer($0)) }) == nil {
            hasher.update(data: Array(token))
        }
        return hasher.finalize().withUnsafeBytes { UInt32(littleEndian: $0.loadUnaligned(as: UInt32.self)) }
    }
}
