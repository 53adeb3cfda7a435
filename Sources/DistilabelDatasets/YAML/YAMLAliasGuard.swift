/// Refuses documents whose aliases could multiply beyond measure, before anything is built from them.
///
/// The parser hashes keys, and a key that is an alias of aliases takes as long to hash as it is large when written
/// out. So this counts on the text alone: a node that is anchored ends before its first alias, hence what stands
/// between the two bounds what it can hold. The bound is never too small; for documents that people write it is far
/// from any limit.
enum YAMLAliasGuard {
    static func check(_ text: String, limit: Int) throws {
        let marks = scan(text)
        guard marks.contains(where: \.isAnchor), marks.contains(where: { !$0.isAnchor }) else { return }

        // cost[i]: how many aliases stand before mark i once they are written out.
        var cost = 0
        var open: [Substring: Int] = [:]
        var sizes: [Substring: Int] = [:]
        for mark in marks {
            if mark.isAnchor {
                open[mark.name] = cost
                sizes[mark.name] = nil
                continue
            }
            let size: Int
            if let known = sizes[mark.name] {
                size = known
            } else if let start = open[mark.name] {
                size = cost - start + 1
                sizes[mark.name] = size
            } else {
                continue
            }
            cost += size
            guard cost <= limit else {
                throw YAMLError(
                    .alias, "the aliases expand to more than \(limit) values; write fewer of them", line: mark.line)
            }
        }
    }

    private struct Mark {
        var isAnchor: Bool
        var name: Substring
        var line: Int
    }

    /// Everything that may be an anchor or an alias; some of it stands in texts and comments and is neither.
    private static func scan(_ text: String) -> [Mark] {
        var marks: [Mark] = []
        let bytes = text.utf8
        var line = 1
        var previous = UInt8(ascii: "\n")
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            let next = bytes.index(after: index)
            if byte == UInt8(ascii: "\n") { line += 1 }
            if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*"), !isName(previous) {
                var end = next
                while end < bytes.endIndex, isName(bytes[end]) { end = bytes.index(after: end) }
                if end > next {
                    marks.append(Mark(isAnchor: byte == UInt8(ascii: "&"), name: text[next..<end], line: line))
                }
            }
            previous = byte
            index = next
        }
        return marks
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: byte >= 0x80
        }
    }
}
