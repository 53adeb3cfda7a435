internal import DistilabelValues

/// What the cells of a column of CSV are, by the rules of pandas, which the `datasets` library goes by.
enum CSVColumn: Hashable, Sendable {
    /// Nothing but empty cells have been seen.
    case empty
    case bool, int, double, text

    /// The kind of a column that has a cell of this text as well.
    mutating func widen(by text: String) {
        guard self != .text, !CSVCells.isNull(text) else { return }
        let found: CSVColumn =
            if CSVCells.int(text) != nil {
                .int
            } else if CSVCells.double(text) != nil {
                .double
            } else if CSVCells.bool(text) != nil {
                .bool
            } else {
                .text
            }
        switch (self, found) {
        case (.empty, _), (.int, .double): self = found
        case (.double, .int): break
        default: if self != found { self = .text }
        }
    }

    /// The value of a cell; one that does not fit what was seen of the column before stays the text that stands there.
    func value(of text: String) -> Value {
        if CSVCells.isNull(text) { return .null }
        switch self {
        case .bool: return CSVCells.bool(text).map(Value.bool) ?? .string(text)
        case .int:
            return CSVCells.int(text).map(Value.int) ?? CSVCells.double(text).map(Value.double) ?? .string(text)
        case .double: return CSVCells.double(text).map(Value.double) ?? .string(text)
        case .empty, .text: return .string(text)
        }
    }
}

/// How pandas reads single cells.
enum CSVCells {
    /// The texts that stand for nothing (`na_values` of `pandas.read_csv`).
    private static let nulls: Set<String> = [
        "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA",
        "NULL", "NaN", "None", "n/a", "nan", "null",
    ]

    static func isNull(_ text: String) -> Bool { text.utf8.count <= 8 && nulls.contains(text) }

    static func bool(_ text: String) -> Bool? {
        switch text {
        case "True", "TRUE", "true": true
        case "False", "FALSE", "false": false
        default: nil
        }
    }

    /// A whole number of 64 bits, with spaces around it.
    static func int(_ text: String) -> Int? {
        guard let first = text.utf8.first, first <= UInt8(ascii: "9") else { return nil }
        return Int(trimmed(text))
    }

    /// A number in digits, with a fraction or an exponent; or infinity.
    static func double(_ text: String) -> Double? {
        let text = trimmed(text)
        // Swift reads hexadecimal numbers and `nan` too, which are texts here.
        let isPlain = text.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "e"), UInt8(ascii: "E"):
                true
            default: false
            }
        }
        if isPlain {
            // A whole number that is too large would lose digits as a double; it may be a code of some kind.
            let isWhole = !text.utf8.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
            return isWhole && Int(text) == nil ? nil : Double(text)
        }
        switch text.lowercased() {
        case "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-inf", "-infinity": return -.infinity
        default: return nil
        }
    }

    private static func trimmed(_ text: String) -> Substring {
        var rest = text[...]
        while rest.utf8.first == 0x20 || rest.utf8.first == 0x09 { rest.removeFirst() }
        while rest.utf8.last == 0x20 || rest.utf8.last == 0x09 { rest.removeLast() }
        return rest
    }
}
