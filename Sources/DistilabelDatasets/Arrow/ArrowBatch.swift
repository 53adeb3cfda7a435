/// The body of a message, and which parts of it belong to which array.
///
/// Arrays take their lengths and buffers from it in the order of the schema.
struct ArrowBatch {
    /// How many rows the message says it has.
    let rowCount: Int
    private let body: [UInt8]
    private let lengths: [[Int]]
    private let buffers: [[Int]]
    private let variadicCounts: [[Int]]
    private let compression: Int8?
    private let lengthLimit: Int
    private var nextArray = 0
    private var nextBuffer = 0
    private var nextVariadic = 0

    /// Reads the table that describes a body.
    ///
    /// - Parameter lengthLimit: How long an array may be; arrays of nulls have no bytes that would limit them.
    init(_ table: FlatBuffer.Table, body: [UInt8], lengthLimit: Int) throws {
        rowCount = Int(try table.number(0, default: Int64(0)))
        lengths = try table.numbers(1, each: 2)
        buffers = try table.numbers(2, each: 2)
        variadicCounts = try table.numbers(4, each: 1)
        compression = try table.table(3).map { try $0.number(0, default: Int8(0)) }
        self.body = body
        self.lengthLimit = lengthLimit
        guard rowCount >= 0, rowCount <= lengthLimit else { throw FlatBuffer.damaged }
    }

    /// The length of the next array and how many nulls it has.
    mutating func takeArray() throws -> (length: Int, nulls: Int) {
        guard nextArray < lengths.count else { throw FlatBuffer.damaged }
        let (length, nulls) = (lengths[nextArray][0], lengths[nextArray][1])
        nextArray += 1
        guard length >= 0, length <= lengthLimit, nulls >= 0, nulls <= length else { throw FlatBuffer.damaged }
        return (length, nulls)
    }

    /// How many buffers of long texts the next array of views has.
    mutating func takeVariadicCount() throws -> Int {
        guard nextVariadic < variadicCounts.count else { throw FlatBuffer.damaged }
        nextVariadic += 1
        return variadicCounts[nextVariadic - 1][0]
    }

    /// The bytes of the next buffer, at least `size` of them.
    mutating func takeBuffer(atLeast size: Int = 0) throws -> ArraySlice<UInt8> {
        guard nextBuffer < buffers.count else { throw FlatBuffer.damaged }
        let (offset, length) = (buffers[nextBuffer][0], buffers[nextBuffer][1])
        nextBuffer += 1
        guard offset >= 0, length >= 0, offset <= body.count, length <= body.count - offset else {
            throw FlatBuffer.damaged
        }
        let bytes = try decompressed(body[offset..<offset + length])
        guard bytes.count >= size else { throw FlatBuffer.damaged }
        return bytes
    }

    private func decompressed(_ bytes: ArraySlice<UInt8>) throws -> ArraySlice<UInt8> {
        guard let compression, !bytes.isEmpty else { return bytes }
        guard compression == 1 else {
            throw DatasetError(
                .unsupported,
                "its buffers are compressed with LZ4, which is not read; write it again without, or with Zstandard")
        }
        guard bytes.count >= 8 else { throw FlatBuffer.damaged }
        let size = bytes.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        // All ones says that compressing was not worth it.
        if size == .max { return bytes.dropFirst(8) }
        guard size <= 1 << 32 else { throw DatasetError(.unsupported, "a buffer of it claims \(size) bytes") }
        let inflater = try ZstandardInflater()
        var output: [UInt8] = []
        var input = bytes.dropFirst(8)
        // Piece by piece, so that memory is only taken for bytes that are there.
        while output.count < Int(size) {
            let room = min(1 << 20, Int(size) - output.count)
            let piece = try [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
                let (read, written, _) = try input.withUnsafeBytes {
                    try inflater.inflate($0, into: UnsafeMutableRawBufferPointer(buffer))
                }
                input = input.dropFirst(read)
                filled = written
            }
            guard !piece.isEmpty else { throw FlatBuffer.damaged }
            output += piece
        }
        return output[...]
    }
}
