internal import Crypto

/// What an answer is kept under: the step, what was asked, and which of several equal questions it was.
public struct AnswerKey: Sendable, Hashable {
    /// The step's name.
    public var step: String
    /// The first 16 bytes of the SHA-256 of the canonical request.
    public var request: RequestDigest
    /// Tells equal requests of a step apart: the row, the sample, and how often the row asked the same before.
    public var occurrence: UInt64

    /// Makes a key.
    public init(step: String, request: RequestDigest, occurrence: UInt64) {
        self.step = step
        self.request = request
        self.occurrence = occurrence
    }
}

/// A fingerprint of what a model is asked.
public struct RequestDigest: Sendable, Hashable {
    /// The first half.
    var high: UInt64
    /// The second half.
    var low: UInt64

    /// The fingerprint of a canonical request.
    public init(of request: [UInt8]) {
        let bytes = SHA256.hash(data: request)
        self.init(bytes.prefix(16))
    }

    /// Reads 16 bytes; fewer count as zeros.
    init(_ bytes: some Sequence<UInt8>) {
        high = 0
        low = 0
        for (index, byte) in bytes.prefix(16).enumerated() {
            if index < 8 { high |= UInt64(byte) << (56 - 8 * index) } else { low |= UInt64(byte) << (120 - 8 * index) }
        }
    }

    /// The 16 bytes.
    var bytes: [UInt8] {
        (0..<16).map { UInt8(truncatingIfNeeded: ($0 < 8 ? high : low) >> UInt64(56 - 8 * ($0 % 8))) }
    }
}
