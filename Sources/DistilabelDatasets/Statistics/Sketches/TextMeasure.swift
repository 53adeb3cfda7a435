/// How long a text is, by the measures of Python: `len(text)` and `len(text.split())`.
struct TextMeasure: Hashable {
    /// Unicode code points.
    var characters = 0
    /// Runs of characters that are no white space.
    var words = 0

    init(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var isInWord = false
            var position = 0
            while position < bytes.count {
                let byte = bytes[position]
                characters += 1
                let isSpace: Bool
                if byte < 0x80 {
                    isSpace = byte == 0x20 || (0x09...0x0D).contains(byte) || (0x1C...0x1F).contains(byte)
                    position += 1
                } else {
                    isSpace = Self.isWideSpace(bytes, position)
                    position += byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
                }
                if isSpace {
                    isInWord = false
                } else if !isInWord {
                    isInWord = true
                    words += 1
                }
            }
        }
    }

    static func + (left: TextMeasure, right: TextMeasure) -> TextMeasure {
        var sum = left
        sum.characters += right.characters
        sum.words += right.words
        return sum
    }

    /// Whether a character outside ASCII is white space: U+0085, A0, 1680, 2000–200A, 2028, 2029, 202F, 205F, 3000.
    private static func isWideSpace(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
        let second = position + 1 < bytes.count ? bytes[position + 1] : 0
        let third = position + 2 < bytes.count ? bytes[position + 2] : 0
        switch (bytes[position], second, third) {
        case (0xC2, 0x85, _), (0xC2, 0xA0, _), (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8),
            (0xE2, 0x80, 0xA9), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
            return true
        default: return false
        }
    }
}
