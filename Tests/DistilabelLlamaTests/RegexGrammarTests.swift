#if Llama
    @testable import DistilabelLlama
    import Foundation
    import Testing

    struct RegexGrammarTests {
        @Test(arguments: [
            (#"\d{3}-\d{4}"#, ["555-1234"], ["555-123", "a555-1234"]),
            (#"^(yes|no)$"#, ["yes", "no"], ["yesno", "", "maybe"]),
            (#"[A-Z][a-z]*( [A-Z][a-z]*){0,2}"#, ["Ada", "Ada Lovelace", "Ada B C"], ["ada", "Ada B C D"]),
            (#"[^a-c]+"#, ["xyz", "é"], ["xay", ""]),
            (#"a.c"#, ["abc", "a\"c", "a\\c"], ["ac", "a\nc"]),
            (#"(?:\w+@\w+\.(com|org))"#, ["me@example.org"], ["me@exampleorg"]),
            (#"["\\]{2}"#, ["\"\\", "\\\\"], ["\"", "ab"]),
            (#"\$\d+(\.\d\d)?"#, ["$5", "$5.25"], ["5", "$5.2"]),
            (#"a|b|"#, ["a", "b", ""], ["ab"]),
            (#"x{2,}"#, ["xx", "xxxxx"], ["x"]),
            (#"[\d.]+"#, ["1.5"], ["1,5"]),
        ])
        func patternsMatchAsAWhole(pattern: String, good: [String], bad: [String]) throws {
            let grammar = try RegexGrammar.grammar(pattern)
            for text in good { #expect(try GBNFMatcher.matches(grammar, text), "\(text) in \(grammar)") }
            for text in bad { #expect(try !GBNFMatcher.matches(grammar, text), "\(text) in \(grammar)") }
            // In a JSON string the same texts match in their escaped form.
            let quoted = "root ::= \"\\\"\" (\(try RegexGrammar.body(pattern, in: .jsonString))) \"\\\"\""
            for (texts, expected) in [(good, true), (bad, false)] {
                for text in texts {
                    let json = try #require(String(data: JSONEncoder().encode(text), encoding: .utf8))
                    #expect(try GBNFMatcher.matches(quoted, json) == expected, "\(json) in \(quoted)")
                }
            }
        }

        @Test(arguments: [
            "(a", "a)", "[a", "a**b(", #"(?=a)b"#, #"\bword"#, #"(a)\1"#, "*a", "a{3,1}", "a{5000}", "[z-a]", "x^y",
            "\\",
        ])
        func whatHasNoGrammarIsRefused(pattern: String) {
            #expect(throws: LlamaError.self) { try RegexGrammar.grammar(pattern) }
        }
    }

#endif
