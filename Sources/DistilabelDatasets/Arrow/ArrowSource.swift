internal import DistilabelValues

/// Reads an Arrow stream or file, a record batch at a time.
///
/// A file has messages of the same form, and at its end an index that says where they are.
///
/// Format: https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc
final class ArrowSource {
    private enum Header {
        static let schema: UInt8 = 1, dictionary: UInt8 = 2, batch: UInt8 = 3
    }

    private let file: InputFile
    private let size: Int
    private var position = 0
    /// Where the messages of a file begin, those of dictionaries first; nil in a stream.
    private var blocks: ArraySlice<Int>?
    private let lengthLimit: Int
    private var columns: [ArrowField] = []
    private var names: Columns = []
    private var dictionaries: [Int: [Value]] = [:]
    /// Of each dictionary what its values are.
    private var dictionaryTypes: [Int: ArrowType] = [:]
    /// The arrays of the record batch that is being handed out, and the row that comes next.
    private var arrays: [ArrowArray] = []
    private var rowCount = 0
    private var row = 0
    private var isAtEnd = false

    private static let chunkRows = 1000

    /// The columns.
    private(set) var schema = DatasetSchema()

    init(path: String) throws {
        file = try InputFile(path: path)
        size = POSIX.size(path) ?? 0
        lengthLimit = max(1 << 22, size.multipliedReportingOverflow(by: 16).partialValue)
        try translating {
            if try take(min(6, size)) == Self.magic { return try readFooter() }
            try go(to: 0)
            guard let message = try message(), message.type == Header.schema else {
                throw DatasetError(.malformed, "it does not begin with a schema")
            }
            try readSchema(message.header)
        }
    }

    func next() throws -> RowChunk? {
        try translating {
            while true {
                if row < rowCount {
                    let range = row..<min(rowCount, row + Self.chunkRows)
                    row = range.upperBound
                    var values: [[Value]] = []
                    for (column, array) in zip(columns, arrays) {
                        do {
                            values.append(try array.values(range))
                        } catch let error as DatasetError {
                            throw DatasetError(error.code, "column \(column.name): \(error.message)")
                        }
                    }
                    return RowChunk(columns: names, values: values, count: range.count)
                }
                guard !isAtEnd, let message = try message() else {
                    isAtEnd = true
                    return nil
                }
                switch message.type {
                case Header.batch:
                    var batch = try ArrowBatch(message.header, body: take(message.bodyLength), lengthLimit: lengthLimit)
                    arrays = try columns.map { try ArrowArray($0, from: &batch, dictionaries: dictionaries) }
                    guard arrays.allSatisfy({ $0.length == batch.rowCount }) else { throw FlatBuffer.damaged }
                    rowCount = batch.rowCount
                    row = 0
                case Header.dictionary: try readDictionary(message)
                default: throw FlatBuffer.damaged
                }
            }
        }
    }

    /// How many rows are left, without reading them.
    func countRows() throws -> Int {
        try translating {
            var count = 0
            while let message = try message() {
                if message.type == Header.batch {
                    let (sum, overflow) = count.addingReportingOverflow(
                        Int(try message.header.number(0, default: Int64(0))))
                    guard !overflow, sum >= count else { throw FlatBuffer.damaged }
                    count = sum
                }
                guard message.bodyLength <= size - position else { throw Self.cutShort }
                try go(to: position + message.bodyLength)
            }
            return count
        }
    }

    // MARK: - Messages

    private struct Message {
        var type: UInt8
        var header: FlatBuffer.Table
        var bodyLength: Int
    }

    private static let cutShort = DatasetError(.malformed, "it ends too early; it may have been cut short")

    /// The next message; nil at the end.
    private func message() throws -> Message? {
        if blocks != nil {
            guard let block = blocks?.popFirst() else { return nil }
            try go(to: block)
        } else if position == size {
            // A stream may end without a mark.
            return nil
        }
        let words = FlatBuffer(bytes: try take(8))
        guard try words.number(at: 0, as: UInt32.self) == .max else {
            throw DatasetError(.unsupported, "it is no Arrow stream, or one of before the year 2019")
        }
        let length = Int(try words.number(at: 4, as: Int32.self))
        if length == 0 { return nil }
        guard length > 0 else { throw FlatBuffer.damaged }
        let table = try FlatBuffer(bytes: take(length)).root()
        let bodyLength = Int(try table.number(3, default: Int64(0)))
        guard bodyLength >= 0, let header = try table.table(2) else { throw FlatBuffer.damaged }
        return Message(type: try table.number(1, default: 0), header: header, bodyLength: bodyLength)
    }

    private static let magic = Array("ARROW1".utf8)

    /// Reads the index of a file, which ends in its length and the magic bytes.
    private func readFooter() throws {
        guard size >= 18 else { throw Self.cutShort }
        try go(to: size - 10)
        let ending = FlatBuffer(bytes: try take(10))
        let length = Int(try ending.number(at: 0, as: Int32.self))
        guard Array(ending.bytes[4...]) == Self.magic, length > 0, length <= size - 18 else { throw Self.cutShort }
        try go(to: size - 10 - length)
        let footer = try FlatBuffer(bytes: take(length)).root()
        guard let schema = try footer.table(1) else { throw FlatBuffer.damaged }
        try readSchema(schema)
        // Each is an offset, a length in half of a word, and a length.
        let dictionaries = try footer.numbers(2, each: 3)
        let batches = try footer.numbers(3, each: 3)
        blocks = (dictionaries + batches).map { $0[0] }[...]
    }

    private func go(to offset: Int) throws {
        guard offset >= 0, offset <= size else { throw Self.cutShort }
        try file.seek(to: offset)
        position = offset
    }

    private func take(_ count: Int) throws -> [UInt8] {
        guard count >= 0, count <= size - position else { throw Self.cutShort }
        var bytes = try file.read(count)
        while bytes.count < count {
            let more = try file.read(count - bytes.count)
            if more.isEmpty { throw Self.cutShort }
            bytes += more
        }
        position += count
        return bytes
    }

    private func readSchema(_ table: FlatBuffer.Table) throws {
        columns = try ArrowField.columns(ofSchema: table)
        names = Columns(columns.map(\.name))
        guard names.count == columns.count else {
            throw DatasetError(.malformed, "two columns have the same name")
        }
        for column in columns {
            let type = column.type.columnType
            schema.columns[column.name] = type
            let feature = column.type.feature
            if feature.columnType == type, feature != DatasetFeature(type) { schema.features[column.name] = feature }
            collectDictionaries(column.type)
        }
        for pair in try table.tables(2) where try pair.text(0) == "huggingface" {
            schema.takeFeatures(fromInfo: try pair.text(1) ?? "")
        }
    }

    private func collectDictionaries(_ type: ArrowType) {
        switch type {
        case .dictionary(let id, _, _, let values):
            dictionaryTypes[id] = values
            collectDictionaries(values)
        case .list(let element, _), .fixedList(let element, _): collectDictionaries(element.type)
        case .structure(let fields): for field in fields { collectDictionaries(field.type) }
        default: return
        }
    }

    private func readDictionary(_ message: Message) throws {
        let id = Int(try message.header.number(0, default: Int64(0)))
        guard let type = dictionaryTypes[id], let data = try message.header.table(1) else { throw FlatBuffer.damaged }
        var batch = try ArrowBatch(data, body: take(message.bodyLength), lengthLimit: lengthLimit)
        let array = try ArrowArray(
            ArrowField(name: "dictionary", type: type), from: &batch, dictionaries: dictionaries)
        let values = try array.values(0..<array.length)
        dictionaries[id] = try message.header.bool(2) ? (dictionaries[id] ?? []) + values : values
    }

    private func translating<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as DatasetError {
            isAtEnd = true
            rowCount = 0
            row = 0
            throw DatasetError(error.code, "\(file.path): \(error.message)")
        }
    }
}
