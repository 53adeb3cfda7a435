internal import DistilabelValues

/// Reads the rows of a JSON document: a list, element by element and so in little memory, or an object.
///
/// As for the `datasets` library, a list holds objects, or texts, which become rows of the one column `text`, and an object is one
/// row, lists and all. Only an object with a single list of objects in it, such as `{"data": […]}`, holds those.
final class JSONSource {
    private enum Mode { case start, list, done }

    private let file: any ByteInput
    private var mode = Mode.start
    private var scanner = JSONListScanner()
    private var elementCount = 0

    private static let pieceSize = 1 << 18
    private static let elementLimit = 256 << 20

    init(_ file: any ByteInput) { self.file = file }

    func next() throws -> RowChunk? {
        if mode == .start {
            var start: [UInt8] = []
            while scanner.firstByte(of: start) == nil {
                let piece = try file.read(Self.pieceSize)
                if piece.isEmpty {
                    throw DatasetError(.malformed, "\(file.path) is empty; a JSON file holds a list of objects")
                }
                start += piece
            }
            if scanner.firstByte(of: start) != UInt8(ascii: "[") {
                mode = .done
                return try Self.rows(of: start + file.readAll(), path: file.path)
            }
            mode = .list
            if let rows = try rows(in: start) { return rows }
        }
        while mode == .list {
            let piece = try file.read(Self.pieceSize)
            if piece.isEmpty {
                guard scanner.isComplete else {
                    throw fault("the list is never closed; the file may have been cut short")
                }
                mode = .done
            } else if let rows = try rows(in: piece) {
                return rows
            }
        }
        return nil
    }

    private func rows(in piece: [UInt8]) throws -> RowChunk? {
        var rows = RowChunk()
        try scanner.scan(piece) { element in
            elementCount += 1
            let value: Value
            do throws(JSONError) {
                value = try JSON.parse(element.bytes)
            } catch {
                let column = error.line == 1 ? element.column + error.column - 1 : error.column
                throw DatasetError(
                    .malformed, "\(file.path):\(element.line + error.line - 1):\(column): \(error.message)")
            }
            switch value {
            case .object(let object): rows.append(Row(object))
            case .string: rows.append(["text": value])
            default:
                throw DatasetError(
                    .malformed,
                    "\(file.path):\(element.line): element \(elementCount) of the list is a \(value.kindName), not an object"
                )
            }
        }
        if let misplaced = scanner.misplaced {
            throw DatasetError(.malformed, "\(file.path):\(misplaced): something stands behind the end of the list")
        }
        guard scanner.rest.count <= Self.elementLimit else {
            throw fault("an element of the list is longer than \(Self.elementLimit) bytes")
        }
        return rows.count > 0 ? rows : nil
    }

    private func fault(_ what: String) -> DatasetError {
        DatasetError(.malformed, "\(file.path):\(scanner.line): \(what)")
    }

    /// The rows of an object.
    private static func rows(of bytes: [UInt8], path: String) throws -> RowChunk? {
        let document: Value
        do throws(JSONError) {
            document = try JSON.parse(bytes)
        } catch {
            throw DatasetError(.malformed, "\(path):\(error.line):\(error.column): \(error.message)")
        }
        guard let object = document.objectValue else {
            throw DatasetError(.malformed, "\(path) holds a \(document.kindName); it should hold a list of objects")
        }
        let lists = object.values.compactMap(\.arrayValue)
        if lists.count == 1, !lists[0].isEmpty, lists[0].allSatisfy({ $0.objectValue != nil }) {
            return RowChunk(lists[0].compactMap(\.objectValue).map { Row($0) })
        }
        return RowChunk([Row(object)])
    }
}

/// Finds the elements of a JSON list in its bytes, as they come in.
struct JSONListScanner {
    /// The bytes of an element, and where it begins in the document.
    struct Element {
        var bytes: [UInt8]
        var line: Int
        var column: Int
    }

    /// What has come of an element that has not ended.
    private(set) var rest: [UInt8] = []
    /// The line that is being read, from 1.
    private(set) var line = 1
    /// Whether the list has ended.
    private(set) var isComplete = false
    /// The line of the first thing that stands behind the list's end.
    private(set) var misplaced: Int?
    private var column = 1
    private var start = (line: 1, column: 1)
    private var depth = 0
    private var isInText = false
    private var isEscaped = false

    /// The first byte that is neither space nor part of a byte order mark.
    func firstByte(of bytes: [UInt8]) -> UInt8? {
        bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
    }

    /// Takes the next bytes and hands over the elements that they complete.
    mutating func scan(_ bytes: [UInt8], each body: (Element) throws -> Void) rethrows {
        for byte in bytes {
            let isSpace = byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
            if isInText {
                rest.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInText = false
                }
            } else if depth == 0 {
                if isComplete {
                    if !isSpace, misplaced == nil { misplaced = line }
                } else if byte == UInt8(ascii: "[") {
                    depth = 1
                    start = (line, column + 1)
                }
            } else {
                switch byte {
                case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
                case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
                case UInt8(ascii: "\""): isInText = true
                default: break
                }
                let ends = depth == 0 || (depth == 1 && byte == UInt8(ascii: ","))
                if !ends {
                    rest.append(byte)
                } else {
                    // An empty list has no element; an empty place between commas is one that cannot be read.
                    let isEmpty = rest.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
                    let isOnly = depth == 0 && !hasElements
                    if !(isEmpty && isOnly) {
                        hasElements = true
                        try body(Element(bytes: rest, line: start.line, column: start.column))
                    }
                    rest.removeAll(keepingCapacity: true)
                    start = (line, column + 1)
                    isComplete = depth == 0
                }
            }
            if byte == 0x0A {
                line += 1
                column = 1
            } else {
                column += 1
            }
        }
    }

    private var hasElements = false
}
