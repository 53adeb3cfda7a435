/// Bytes far away that are fetched a range at a time, such as those behind a URL, for ``ParquetRangeReader``.
public protocol ParquetRangeSource: Sendable {
    /// What the bytes are called in errors, such as the URL.
    var name: String { get }
    /// How many bytes there are, such as `Content-Length` says.
    var count: Int { get }
    /// The bytes of a range that lies within ``count``, all of them.
    ///
    /// - Throws: where they cannot be fetched; the reader passes the error on.
    func bytes(_ range: Range<Int>) async throws -> [UInt8]
}

/// Some ranges of bytes that were fetched.
struct FetchedRanges: ParquetByteSource {
    let name: String
    let count: Int
    /// In the order of their places, none reaching into the next.
    var ranges: [(start: Int, bytes: [UInt8])] = []

    func read(at offset: Int, into target: UnsafeMutableRawBufferPointer) throws {
        if target.isEmpty { return }
        // The last range that starts at or before the offset.
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].start <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, offset + target.count <= ranges[low - 1].start + ranges[low - 1].bytes.count else {
            throw ParquetError(.damaged, "a page reaches beyond the bytes that the footer gives its column chunk")
        }
        let range = ranges[low - 1]
        range.bytes.withUnsafeBytes {
            target.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: $0[offset - range.start..<offset - range.start + target.count]))
        }
    }
}
