/// The words of the text exposition format 0.0.4, <https://prometheus.io/docs/instrumenting/exposition_formats/>.
enum PrometheusText {
    /// A metric's name without what the format forbids: letters, digits, `_` and `:`, no digit first.
    static func metricName(_ label: String) -> String { name(label) { $0 == UInt8(ascii: ":") } }

    /// A label's name without what the format forbids or reserves: no `:`, and no two `_` in front.
    static func labelName(_ label: String) -> String {
        let name = name(label) { _ in false }
        return name.hasPrefix("__") ? "_" + name.drop { $0 == "_" } : name
    }

    private static func name(_ label: String, allowing isAllowed: (UInt8) -> Bool) -> String {
        var bytes: [UInt8] = []
        for scalar in label.unicodeScalars {
            let byte = scalar.isASCII ? UInt8(scalar.value) : UInt8(ascii: "_")
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if bytes.isEmpty { bytes.append(UInt8(ascii: "_")) }
                bytes.append(byte)
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): bytes.append(byte)
            default: bytes.append(isAllowed(byte) ? byte : UInt8(ascii: "_"))
            }
        }
        return bytes.isEmpty ? "_" : String(decoding: bytes, as: UTF8.self)
    }

    /// The labels of a series, by name, without braces: `a="1",b="2"`.
    ///
    /// Names that become the same share one label, their values joined by `;`, as OpenTelemetry has it.
    ///
    /// - Parameter isHistogram: Whether `le` is taken.
    static func labels(_ dimensions: [(String, String)], isHistogram: Bool) -> String {
        var values: [String: String] = [:]
        for (label, value) in dimensions {
            var name = labelName(label)
            if isHistogram, name == "le" { name = "exported_le" }
            values[name] = values[name].map { "\($0);\(value)" } ?? value
        }
        return values.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(escaped($0.value))\"" }.joined(separator: ",")
    }

    /// A label's value with backslashes, quotes and line feeds escaped.
    static func escaped(_ value: String) -> String { escaped(value, quotes: true) }

    /// A help text with backslashes and line feeds escaped.
    static func help(_ text: String) -> String { escaped(text, quotes: false) }

    // By bytes, since a carriage return and a line feed are one character.
    private static func escaped(_ text: String, quotes: Bool) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes += [byte, byte]
            case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case UInt8(ascii: "\"") where quotes: bytes += [UInt8(ascii: "\\"), byte]
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A number: `1`, `0.25`, `+Inf`, `NaN`.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        let text = String(value)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Two lists of labels in one.
    static func joined(_ left: String, _ right: String) -> String { left.isEmpty ? right : "\(left),\(right)" }

    /// Writes a line.
    static func write(_ name: String, _ labels: String, _ number: String, into text: inout String) {
        text += name
        if !labels.isEmpty {
            text += "{"
            text += labels
            text += "}"
        }
        text += " "
        text += number
        text += "\n"
    }
}
