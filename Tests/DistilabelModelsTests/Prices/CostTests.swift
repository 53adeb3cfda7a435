import DistilabelModels
import DistilabelValues
import Testing

struct CostTests {
    @Test(arguments: [
        (0.0, "$0.00"), (0.0123, "$0.0123"), (12.34, "$12.34"), (0.5, "$0.50"), (1, "$1.00"),
        (0.000_000_15, "$0.00000015"),
        (0.012_345, "$0.0123"), (0.012_35, "$0.0124"), (0.999_6, "$1.00"), (0.999, "$0.999"), (1234.565, "$1234.57"),
        (-0.25, "-$0.25"), (2.994_999, "$2.99"), (0.000_000_000_001, "$0.000000000001"),
    ])
    func isWrittenForPeople(dollars: Double, text: String) throws {
        let cost = try #require(Cost(dollars: dollars))
        #expect("\(cost)" == text)
    }

    @Test(arguments: [
        ("5", 5_000_000_000_000), ("$12.34", 12_340_000_000_000), ("0.000000000001", 1), ("007.50", 7_500_000_000_000),
    ])
    func isReadExactly(text: String, picodollars: Int) {
        #expect(Cost(text: text)?.picodollars == picodollars)
    }

    @Test(arguments: [
        "", "$", "-1", "+1", "1e3", ".5", "5.", "1,000", "1.2.3", "0.0000000000001", "99999999999", "five", " 5", "٣",
    ])
    func isNotReadFromOtherTexts(text: String) { #expect(Cost(text: text) == nil) }

    @Test func refusesWhatIsNoAmount() {
        for dollars in [Double.nan, .infinity, -.infinity, 1e8] { #expect(Cost(dollars: dollars) == nil) }
    }

    @Test func addsWithoutRounding() throws {
        let tenth = try #require(Cost(dollars: 0.1))
        #expect((0..<1_000).reduce(Cost.zero) { sum, _ in sum + tenth } == Cost(dollars: 100))
        #expect(tenth * 3 - tenth * 3 == .zero)
        #expect(tenth < tenth + Cost(picodollars: 1))
    }

    @Test func staysInItsRange() {
        let most = Cost(picodollars: .max)
        let least = Cost(picodollars: .min)
        #expect(most + most == most)
        #expect(least + least == least)
        #expect(least - most == least)
        #expect(most - least == most)
        #expect(most * 2 == most)
        #expect(most * -2 == least)
        #expect(least * -2 == most)
        #expect("\(least)" == "-$9223372.04")
    }

    @Test func survivesCoding() throws {
        let cost = Cost(picodollars: 9_007_199_254_740_993)
        let value = try ValueEncoder().encode(cost)
        #expect(value == 9_007_199_254_740_993)
        #expect(try ValueDecoder().decode(Cost.self, from: value) == cost)
    }
}

struct PriceTests {
    @Test func costsWhatProvidersState() throws {
        let price = try #require(Price(perMillionInput: 2.5, output: 10, cachedInput: 1.25))
        let usage = Usage(inputTokens: 1_000_000, outputTokens: 100_000)
        #expect(price.cost(of: usage) == Cost(dollars: 3.5))
        #expect(price.cost(of: usage, cachedInputTokens: 400_000) == Cost(dollars: 3))
        #expect(price.cost(of: usage, cachedInputTokens: 9_000_000) == Cost(dollars: 2.25))
        #expect(price.cost(of: usage, cachedInputTokens: -1) == Cost(dollars: 3.5))
    }

    @Test func takesTheFullPriceForKeptTokensWhenNothingElseIsKnown() throws {
        let price = try #require(Price(perMillionInput: 0.15, output: 0.6))
        let usage = Usage(inputTokens: 7, outputTokens: 3)
        #expect(price.cost(of: usage, cachedInputTokens: 7) == price.cost(of: usage))
        #expect(price.cost(of: usage).picodollars == 7 * 150_000 + 3 * 600_000)
    }

    @Test(arguments: [-1, .nan, .infinity, 1e7]) func refusesWhatIsNoPrice(dollars: Double) {
        #expect(Price(perMillionInput: dollars, output: 1) == nil)
        #expect(Price(perMillionInput: 1, output: dollars) == nil)
        #expect(Price(perMillionInput: 1, output: 1, cachedInput: dollars) == nil)
    }
}
