#if Llama

    /// Builds the text of a GBNF grammar: named rules, and how texts and sets of characters are written.
    struct GrammarText {
        private var rules: [(name: String, body: String)] = []
        private var taken: Set<String> = []

        /// Takes a name that is free, starting from a wish; only letters, digits and hyphens of it remain.
        mutating func reserve(_ wish: String) -> String {
            var base = ""
            for scalar in wish.unicodeScalars {
                let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                if isPlain { base.unicodeScalars.append(scalar) } else if base.last != "-" { base += "-" }
            }
            if base.isEmpty || base == "-" { base = "rule" }
            var name = base
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(base)-\(number)"
                number += 1
            }
            return name
        }

        /// Whether a name is in use.
        func has(_ name: String) -> Bool { taken.contains(name) }

        /// Sets the body of a reserved rule.
        mutating func define(_ name: String, _ body: String) { rules.append((name, body)) }

        /// Adds a rule under a free name, and returns the name.
        mutating func add(_ wish: String, _ body: String) -> String {
            let name = reserve(wish)
            define(name, body)
            return name
        }

        /// The grammar; `root` is one of its rules.
        var text: String { rules.map { "\($0.name) ::= \($0.body)\n" }.joined() }

        /// A text as a literal.
        static func literal(_ text: String) -> String {
            var result = "\""
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\"", "\\":
                    result += "\\"
                    result.unicodeScalars.append(scalar)
                case "\n": result += "\\n"
                case "\r": result += "\\r"
                case "\t": result += "\\t"
                case _ where scalar.value < 0x20 || scalar.value == 0x7f: result += escape(scalar.value)
                default: result.unicodeScalars.append(scalar)
                }
            }
            return result + "\""
        }

        /// A set of characters, given as ranges of code points.
        static func characters(_ ranges: [ClosedRange<UInt32>]) -> String {
            "["
                + ranges.map {
                    $0.count == 1 ? escape($0.lowerBound) : escape($0.lowerBound) + "-" + escape($0.upperBound)
                }
                .joined() + "]"
        }

        /// A quantifier: from `minimum` to `maximum` times, without end where that is nil.
        static func times(_ minimum: Int, _ maximum: Int?) -> String {
            switch (minimum, maximum) {
            case (0, nil): "*"
            case (1, nil): "+"
            case (0, 1): "?"
            case (1, 1): ""
            case (let minimum, nil): "{\(minimum),}"
            case (let minimum, let maximum?): minimum == maximum ? "{\(minimum)}" : "{\(minimum),\(maximum)}"
            }
        }

        private static func escape(_ value: UInt32) -> String {
            let plain: ClosedRange<UInt32> = 0x30...0x7a
            if plain.contains(value), let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic || value < 0x3a
            {
                return String(Character(scalar))
            }
            let digits = String(value, radix: 16)
            if value < 0x100 { return "\\x" + String(repeating: "0", count: 2 - digits.count) + digits }
            if value < 0x1_0000 { return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits }
            return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
    }

    /// The characters that stand in a JSON string as themselves, and those that need an escape.
    enum JSONCharacters {
        /// All that stand as themselves: no quotation mark, backslash, control character or surrogate.
        static let plain: [ClosedRange<UInt32>] = [
            0x20...0x21, 0x23...0x5b, 0x5d...0x7e, 0x80...0xd7ff, 0xe000...0x10ffff,
        ]

        /// One character of a JSON string, in GBNF; escapes of lone surrogates are not made.
        static let rule =
            #"[^"\\\x00-\x1f\x7f] | "\\" (["\\/bfnrt] | "u" ([0-9a-cA-CefEF] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2}))"#

        /// The characters of a text, each as it stands between the quotation marks of a JSON string.
        static func escaped(_ text: some Sequence<Unicode.Scalar>) -> String {
            var result = ""
            for scalar in text {
                switch scalar {
                case "\"": result += "\\\""
                case "\\": result += "\\\\"
                case "\n": result += "\\n"
                case "\r": result += "\\r"
                case "\t": result += "\\t"
                case _ where scalar.value < 0x20:
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                default: result.unicodeScalars.append(scalar)
                }
            }
            return result
        }
    }

#endif
