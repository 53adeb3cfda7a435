#if Llama
    @testable import DistilabelLlama
    import Foundation

    /// Matches texts against grammars with engines that are not ours: ICU's regular expressions for grammars without
    /// recursion, llama.cpp's own for any, where a model is there.
    enum GBNFMatcher {
        /// A grammar as a regular expression, every rule put in its place.
        static func regularExpression(_ grammar: String) throws -> NSRegularExpression {
            var rules: [String: String] = [:]
            for line in grammar.split(separator: "\n") {
                let parts = line.split(separator: " ", maxSplits: 2).map(String.init)
                rules[parts[0]] = parts[2]
            }
            let body = try expand("root", rules, depth: 0)
            return try NSRegularExpression(pattern: "^(?:\(body))$", options: [.dotMatchesLineSeparators])
        }

        /// Whether a text matches a grammar as a whole.
        static func matches(_ grammar: String, _ text: String) throws -> Bool {
            matches(try regularExpression(grammar), text)
        }

        /// The same with a grammar that has been read.
        static func matches(_ expression: NSRegularExpression, _ text: String) -> Bool {
            let range = NSRange(text.startIndex..., in: text)
            return expression.firstMatch(in: text, range: range)?.range == range
        }

        struct Unreadable: Error { var what: String }

        private static func expand(_ name: String, _ rules: [String: String], depth: Int) throws -> String {
            guard depth < 30, let body = rules[name] else { throw Unreadable(what: name) }
            var result = ""
            var rest = body[...]
            while let character = rest.first {
                switch character {
                case "\"":
                    rest.removeFirst()
                    var literal = ""
                    while let next = rest.popFirst(), next != "\"" {
                        guard next == "\\" else {
                            literal.append(next)
                            continue
                        }
                        switch rest.popFirst() {
                        case "n": literal += "\n"
                        case "r": literal += "\r"
                        case "t": literal += "\t"
                        case "x":
                            literal.unicodeScalars.append(Unicode.Scalar(UInt8(rest.prefix(2), radix: 16) ?? 0))
                            rest.removeFirst(2)
                        case let other?: literal.append(other)
                        case nil: throw Unreadable(what: body)
                        }
                    }
                    result += "(?:" + NSRegularExpression.escapedPattern(for: literal) + ")"
                case "[":
                    var isEscaped = false
                    while let next = rest.popFirst() {
                        result.append(next)
                        if next == "]", !isEscaped { break }
                        isEscaped = next == "\\" && !isEscaped
                    }
                case " ": rest.removeFirst()
                case "(":
                    result += "(?:"
                    rest.removeFirst()
                case _ where character.isLetter:
                    let name = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" })
                    rest.removeFirst(name.count)
                    result += "(?:" + (try expand(name, rules, depth: depth + 1)) + ")"
                case "{":
                    let quantifier = rest.prefix { $0 != "}" }
                    result += quantifier + "}"
                    rest.removeFirst(quantifier.count + 1)
                default:
                    result.append(character)
                    rest.removeFirst()
                }
            }
            return result
        }

        /// Whether llama.cpp's grammar engine takes a text as a whole.
        static func llamaMatches(_ grammar: String, _ text: String, model: LlamaModel) throws -> Bool {
            let follower = try LlamaGrammar(grammar, model: model)
            for token in model.tokens(of: text) {
                guard follower.allows(token) else { return false }
                follower.accept(token)
            }
            return model.end.map { follower.allows($0) } ?? false
        }
    }

#endif
