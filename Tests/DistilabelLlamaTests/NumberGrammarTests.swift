#if Llama
    @testable import DistilabelLlama
    import Foundation
    import Testing

    struct NumberGrammarTests {
        @Test(arguments: [
            (1, 5), (0, 0), (0, 9), (0, 10), (1, 10), (7, 13), (10, 99), (99, 100), (95, 1005), (123, 456), (120, 129),
            (0, 1000),
            (-5, 5), (-1, 0), (-10, -3), (-123, 45), (-1000, -999), (100, 100), (909, 1111),
        ])
        func integersAreThoseOfTheRange(minimum: Int, maximum: Int) throws {
            let body = try #require(NumberGrammar.integer(minimum: minimum, maximum: maximum))
            let grammar = try GBNFMatcher.regularExpression("root ::= \(body)")
            for number in -1200...1200 {
                #expect(
                    GBNFMatcher.matches(grammar, String(number)) == (minimum...maximum).contains(number))
            }
            for text in ["", "00", "01", "-0", "+1", "1.0", "1e1", " 1"] {
                #expect(!GBNFMatcher.matches(grammar, text), "\(text)")
            }
        }

        @Test(
            arguments: [(1, nil), (0, nil), (37, nil), (-12, nil), (nil, 0), (nil, 250), (nil, -8), (nil, nil)]
                as [(Int?, Int?)])
        func halfOpenRangesGoOn(minimum: Int?, maximum: Int?) throws {
            let body = try #require(NumberGrammar.integer(minimum: minimum, maximum: maximum))
            let grammar = try GBNFMatcher.regularExpression("root ::= \(body)")
            for number in Array(-1100...1100) + [12_345_678, -12_345_678, 99_999_999_999, -1_000_000_000_000] {
                let isIn = number >= minimum ?? .min && number <= maximum ?? .max
                #expect(GBNFMatcher.matches(grammar, String(number)) == isIn, "\(number)")
            }
        }

        @Test func bigBoundsAreExact() throws {
            let body = try #require(NumberGrammar.integer(minimum: 86_399, maximum: 1_700_000_123))
            let grammar = try GBNFMatcher.regularExpression("root ::= \(body)")
            for (number, isIn) in [
                (86_398, false), (86_399, true), (99_999, true), (1_699_999_999, true), (1_700_000_123, true),
                (1_700_000_124, false),
            ] {
                #expect(GBNFMatcher.matches(grammar, String(number)) == isIn, "\(number)")
            }
        }

        @Test func rangeWithoutIntegersHasNoGrammar() {
            #expect(NumberGrammar.integer(minimum: 2, maximum: 1) == nil)
        }

        @Test(arguments: [(0, 1), (-1, 1), (1, 10), (-20, -5), (0, 100)])
        func numbersAreThoseOfTheRange(minimum: Int, maximum: Int) throws {
            let body = try #require(NumberGrammar.number(minimum: minimum, maximum: maximum, exponents: true))
            let grammar = try GBNFMatcher.regularExpression("root ::= \(body)")
            for number in stride(from: -30.0, through: 130, by: 0.25) {
                let text = "\(number)"
                let isIn = number >= Double(minimum) && number <= Double(maximum)
                if number == 0, minimum == 0 || maximum == 0, text == "-0.0" { continue }
                #expect(GBNFMatcher.matches(grammar, text) == isIn, "\(text)")
            }
        }
    }

#endif
