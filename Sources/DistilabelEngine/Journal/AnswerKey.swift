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
        let hash = SHA256.hash(data: request)
        (high, low) = hash.withUnsafeBytes { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }
}
