/// Wraps a line as Python's `textwrap.wrap` does without touching white space inside.
struct TextWrap {
    var width: Int
    var breaksLongWords: Bool
    var breaksOnHyphens: Bool

    func lines(of text: String) -> [String] {
        var chunks = Array(chunks(of: text.scalars).reversed())
        var lines: [String] = []
        while !chunks.isEmpty {
            var line: [[Unicode.Scalar]] = []
            var length = 0
            if !lines.isEmpty, let last = chunks.last, isSpace(last) { chunks.removeLast() }
            while let chunk = chunks.last, length + chunk.count <= width {
                line.append(chunk)
                length += chunk.count
                chunks.removeLast()
            }
            if let chunk = chunks.last, chunk.count > width {
                let room = width - length
                if breaksLongWords {
                    let cut = cutPlace(in: chunk, room: max(1, room))
                    line.append(Array(chunk[..<cut]))
                    chunks[chunks.count - 1] = Array(chunk[cut...])
                } else if line.isEmpty {
                    line.append(chunk)
                    chunks.removeLast()
                }
            }
            if let last = line.last, isSpace(last) { line.removeLast() }
            if !line.isEmpty { lines.append(String(line.joined())) }
        }
        return lines
    }

    /// A word too long is cut after its last hyphen in the room, if something else than hyphens is before.
    private func cutPlace(in chunk: [Unicode.Scalar], room: Int) -> Int {
        guard breaksOnHyphens, chunk.count > room, let hyphen = chunk[..<room].lastIndex(of: "-"), hyphen > 0,
            chunk[..<hyphen].contains(where: { $0 != "-" })
        else { return min(room, chunk.count) }
        return hyphen + 1
    }

    private func isSpace(_ chunk: [Unicode.Scalar]) -> Bool { chunk.allSatisfy(Self.isSpace) }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 9...13, 32: true
        default: false
        }
    }

    private func chunks(of text: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        var chunks: [[Unicode.Scalar]] = []
        var start = 0
        for index in text.indices.dropFirst() {
            let changes = Self.isSpace(text[index]) != Self.isSpace(text[index - 1])
            if changes || (breaksOnHyphens && breaks(text, at: index, from: start)) {
                chunks.append(Array(text[start..<index]))
                start = index
            }
        }
        if start < text.count { chunks.append(Array(text[start...])) }
        return chunks
    }

    /// Whether a compound word may be cut before a place: a hyphen between letters, or an em dash between words.
    private func breaks(_ text: [Unicode.Scalar], at index: Int, from start: Int) -> Bool {
        func isLetter(_ place: Int) -> Bool {
            text.indices.contains(place) && (text[place].isAlphanumeric || text[place] == "_")
                && !text[place].properties.generalCategory.isNumber
        }
        func isWord(_ place: Int) -> Bool {
            text.indices.contains(place)
                && (text[place].isAlphanumeric || "_!\"'&.,?".unicodeScalars.contains(text[place]))
        }
        if text[index - 1] == "-", index - 1 > start, isLetter(index - 2), isLetter(index) {
            let before = isLetter(index - 3) || (text.indices.contains(index - 3) && text[index - 3] == "-")
            let after = isLetter(index + 1) || (text.indices.contains(index + 1) && text[index + 1] == "-")
            if before, after { return true }
        }
        // An em dash written as hyphens is a chunk of its own.
        if text[index] == "-", index + 1 < text.count, text[index + 1] == "-", text[index - 1] != "-" {
            var end = index
            while end < text.count, text[end] == "-" { end += 1 }
            return isWord(index - 1) && isWord(end)
        }
        if text[index - 1] == "-", text[index] != "-", index >= 2, text[index - 2] == "-" {
            var begin = index - 1
            while begin > 0, text[begin - 1] == "-" { begin -= 1 }
            return isWord(begin - 1) && isWord(index)
        }
        return false
    }
}

extension Unicode.GeneralCategory {
    /// Whether it is a kind of digit.
    var isNumber: Bool { self == .decimalNumber || self == .letterNumber || self == .otherNumber }
}
