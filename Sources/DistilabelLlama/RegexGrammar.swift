#if Llama

    /// Makes grammars of regular expressions: literals, classes, groups, alternatives, quantifiers, `.`, `\d \w \s` and
    /// their opposites.
    ///
    /// The text matches as a whole; `^` at the beginning and `$` at the end may stand or not. Look-around,
    /// back-references, lazy quantifiers' meaning and word boundaries have no grammar and are refused.
    struct RegexGrammar {
        /// Where the text stands.
        enum Place {
            /// By itself.
            case plain
            /// Between the quotation marks of a JSON string, so some characters need an escape.
            case jsonString
        }

        private let pattern: [Unicode.Scalar]
        private let place: Place
        private var position = 0

        private typealias Ranges = [ClosedRange<UInt32>]

        /// A whole grammar for a pattern.
        static func grammar(_ pattern: String) throws(LlamaError) -> String {
            "root ::= \(try body(pattern, in: .plain))\n"
        }

        /// The body of a rule for a pattern.
        static func body(_ pattern: String, in place: Place) throws(LlamaError) -> String {
            var parser = RegexGrammar(pattern: Array(pattern.unicodeScalars), place: place)
            if parser.peek == "^" { parser.position += 1 }
            let body = try parser.alternatives(depth: 0)
            guard parser.position == parser.pattern.count else { throw parser.refusal("a parenthesis too many") }
            return body
        }

        private init(pattern: [Unicode.Scalar], place: Place) {
            self.pattern = pattern
            self.place = place
        }

        private var peek: Unicode.Scalar? { position < pattern.count ? pattern[position] : nil }

        private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
            guard peek == scalar else { return false }
            position += 1
            return true
        }

        private func refusal(_ what: String) -> LlamaError {
            var text = ""
            text.unicodeScalars.append(contentsOf: pattern)
            return LlamaError(
                .schemaUnsupported,
                "the pattern \(text) has \(what) at character \(position + 1), which cannot be followed")
        }

        // MARK: Structure

        private mutating func alternatives(depth: Int) throws(LlamaError) -> String {
            guard depth < 64 else { throw refusal("groups nested too deep") }
            var branches = [try sequence(depth: depth)]
            while take("|") { branches.append(try sequence(depth: depth)) }
            return branches.joined(separator: " | ")
        }

        private mutating func sequence(depth: Int) throws(LlamaError) -> String {
            var parts: [String] = []
            while let next = peek, next != "|", next != ")" {
                if next == "$", position + 1 == pattern.count || (depth == 0 && pattern[position + 1] == "|") {
                    position += 1
                    continue
                }
                let item = try item(depth: depth)
                parts.append(item + (try quantifier()))
            }
            return parts.isEmpty ? "\"\"" : parts.joined(separator: " ")
        }

        private mutating func item(depth: Int) throws(LlamaError) -> String {
            guard let scalar = peek else { throw refusal("nothing") }
            position += 1
            switch scalar {
            case "(":
                if take("?") {
                    guard take(":") else { throw refusal("a special group") }
                }
                let body = try alternatives(depth: depth + 1)
                guard take(")") else { throw refusal("a parenthesis that is not closed") }
                return "(\(body))"
            case "[": return set(try characterClass())
            case ".": return set(Self.complement([10...10]))
            case "\\":
                guard let escaped = peek else { throw refusal("a lone backslash") }
                position += 1
                if let named = Self.named(escaped) { return set(named) }
                return set([try single(escaped)])
            case "*", "+", "?", "{": throw refusal("a quantifier with nothing before it")
            case "^", "$": throw refusal("an anchor in its middle")
            default: return set([scalar.value...scalar.value])
            }
        }

        private mutating func quantifier() throws(LlamaError) -> String {
            let result: String
            if take("*") {
                result = "*"
            } else if take("+") {
                result = "+"
            } else if take("?") {
                result = "?"
            } else if take("{") {
                guard let minimum = number() else { throw refusal("a quantifier without a number") }
                let maximum = take(",") ? number() : minimum
                guard take("}"), maximum ?? minimum >= minimum, max(minimum, maximum ?? 0) <= 1000 else {
                    throw refusal("a quantifier out of range")
                }
                result = maximum == 0 ? "{0}" : GrammarText.times(minimum, maximum)
            } else {
                return ""
            }
            // Whether a quantifier is lazy only decides which of two matches is found, not what matches.
            _ = take("?")
            return result
        }

        private mutating func number() -> Int? {
            var value: Int?
            while let scalar = peek, ("0"..."9").contains(scalar), (value ?? 0) < 100_000 {
                value = (value ?? 0) * 10 + Int(scalar.value - 48)
                position += 1
            }
            return value
        }

        // MARK: Characters

        private mutating func characterClass() throws(LlamaError) -> Ranges {
            let isNegated = take("^")
            var ranges: Ranges = []
            var isFirst = true
            while let scalar = peek, isFirst || scalar != "]" {
                isFirst = false
                position += 1
                var low = scalar.value...scalar.value
                if scalar == "\\" {
                    guard let escaped = peek else { throw refusal("a class that is not closed") }
                    position += 1
                    if let named = Self.named(escaped) {
                        ranges += named
                        continue
                    }
                    low = try single(escaped)
                }
                if peek == "-", position + 1 < pattern.count, pattern[position + 1] != "]" {
                    position += 1
                    guard let end = peek else { throw refusal("a class that is not closed") }
                    position += 1
                    var high = end.value...end.value
                    if end == "\\", let escaped = peek {
                        position += 1
                        high = try single(escaped)
                    }
                    guard low.lowerBound <= high.upperBound else { throw refusal("a range that runs backwards") }
                    low = low.lowerBound...high.upperBound
                }
                ranges.append(low)
            }
            guard take("]") else { throw refusal("a class that is not closed") }
            return isNegated ? Self.complement(ranges) : ranges
        }

        private static func named(_ letter: Unicode.Scalar) -> Ranges? {
            let digit: Ranges = [48...57]
            let word: Ranges = [48...57, 65...90, 95...95, 97...122]
            let space: Ranges = [9...10, 13...13, 32...32]
            return switch letter {
            case "d": digit
            case "D": complement(digit)
            case "w": word
            case "W": complement(word)
            case "s": space
            case "S": complement(space)
            default: nil
            }
        }

        private mutating func single(_ letter: Unicode.Scalar) throws(LlamaError) -> ClosedRange<UInt32> {
            switch letter {
            case "n": return 10...10
            case "r": return 13...13
            case "t": return 9...9
            case "x", "u":
                let count = letter == "x" ? 2 : 4
                var text = ""
                for _ in 0..<count {
                    guard let scalar = peek else { break }
                    text.unicodeScalars.append(scalar)
                    position += 1
                }
                guard text.count == count, let value = UInt32(text, radix: 16), Unicode.Scalar(value) != nil else {
                    throw refusal("an escape that names no character")
                }
                return value...value
            default:
                let isLetter = letter.properties.isAlphabetic || ("0"..."9").contains(letter)
                guard !isLetter else { throw refusal("the escape \\\(letter)") }
                return letter.value...letter.value
            }
        }

        /// All characters but those of some ranges.
        private static func complement(_ ranges: Ranges) -> Ranges {
            subtract(ranges, from: [0x9...0xa, 0x20...0x7e, 0x80...0xd7ff, 0xe000...0x10ffff])
        }

        private static func subtract(_ ranges: Ranges, from all: Ranges) -> Ranges {
            ranges.reduce(all) { rest, cut in
                rest.flatMap { range -> Ranges in
                    guard range.overlaps(cut) else { return [range] }
                    var parts: Ranges = []
                    if range.lowerBound < cut.lowerBound { parts.append(range.lowerBound...(cut.lowerBound - 1)) }
                    if range.upperBound > cut.upperBound { parts.append((cut.upperBound + 1)...range.upperBound) }
                    return parts
                }
            }
        }

        /// A set of characters; in a JSON string those that need an escape get one.
        private func set(_ ranges: Ranges) -> String {
            guard place == .jsonString else { return GrammarText.characters(ranges) }
            let special: [UInt32] = [0x22, 0x5c, 0xa, 0xd, 0x9]
            let escaped = special.filter { value in ranges.contains { $0.contains(value) } }.compactMap(
                Unicode.Scalar.init)
            let plain = Self.subtract([0...0x1f, 0x22...0x22, 0x5c...0x5c, 0x7f...0x7f], from: ranges)
            var parts = plain.isEmpty ? [] : [GrammarText.characters(plain)]
            parts += escaped.map { GrammarText.literal(JSONCharacters.escaped(CollectionOfOne($0))) }
            return parts.count == 1 ? parts[0] : "(\(parts.joined(separator: " | ")))"
        }
    }

#endif
