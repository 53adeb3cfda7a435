import DistilabelModels
import Testing

struct PriceTableTests {
    /// A price of one to tell entries apart.
    static func price(_ dollars: Double) -> Price { Price(perMillionInput: dollars, output: 0) ?? .free }

    static let table = PriceTable(
        [
            .init(model: "gpt-4o", hosts: ["api.openai.com"], price: price(1)),
            .init(model: "gpt-4o-2024-05-13", hosts: ["api.openai.com"], price: price(2)),
            .init(model: "claude-3-opus", hosts: ["api.anthropic.com"], price: price(3)),
            .init(model: "local*", hosts: ["localhost:8000"], price: price(4)),
            .init(model: "local-large*", hosts: ["localhost"], price: price(5)),
            .init(model: "anywhere", price: price(6)),
            .init(model: "anywhere", hosts: ["dear.example"], price: price(7)),
        ], asOf: "2026-01-31")

    @Test(arguments: [
        ("gpt-4o", "api.openai.com", 1),
        ("gpt-4o", "https://API.openai.com:443/v1", 1),
        ("gpt-4o", "https://me:secret@api.openai.com/v1?x=1", 1),
        ("gpt-4o-2024-08-06", "api.openai.com", 1),
        ("gpt-4o-20240806", "api.openai.com", 1),
        ("gpt-4o-2026-01-31", "api.openai.com", 1),
        ("gpt-4o-2024-05-13", "api.openai.com", 2),
        ("claude-3-opus-20240229", "api.anthropic.com", 3),
        ("local-small", "http://127.0.0.1:8000/v1", 4),
        ("local-small", "http://[::1]:8000/v1", 4),
        ("local-large-2", "localhost:8000", 5),
        ("local-large", "127.8.9.1:9", 5),
        ("anywhere", "example.org", 6),
        ("anywhere", "https://dear.example/api", 7),
    ])
    func findsAPrice(model: String, host: String, dollars: Double) {
        #expect(Self.table.price(of: model, at: host) == Self.price(dollars))
    }

    @Test(arguments: [
        ("gpt-4o", "localhost:8000"), ("gpt-4o", "api.openai.com.example.org"), ("gpt-4o", "proxy.example"),
        ("gpt-4o-mini", "api.openai.com"), ("gpt-4", "api.openai.com"), ("gpt-4o-0806", "api.openai.com"),
        ("gpt-4o-2024-13-06", "api.openai.com"), ("gpt-4o-2024-08", "api.openai.com"), ("gpt-4o-", "api.openai.com"),
        ("gpt-4o-2026-02-01", "api.openai.com"), ("gpt-4o-audio-preview-2024-10-01", "api.openai.com"),
        ("ft:gpt-4o-2024-08-06", "api.openai.com"), ("gpt-4o-20-24-0806", "api.openai.com"),
        ("GPT-4o", "api.openai.com"),
        ("local-small", "localhost:8001"), ("local-small", "localhost"), ("local", ""), ("gpt-4o", ""),
    ])
    func guessesNoPrice(model: String, host: String) {
        #expect(Self.table.price(of: model, at: host) == nil)
    }

    @Test func takesNothingForModelsInThisProcess() {
        #expect(Self.table.price(of: "SmolLM2", at: nil) == .free)
        #expect(PriceTable().price(of: "gpt-4o", at: nil) == .free)
    }

    @Test func statesAPriceOnceForEachModelAndServer() {
        var seen: Set<[String]> = []
        for entry in PriceTable.known.entries {
            #expect(!entry.hosts.isEmpty, "\(entry.model) has no server")
            #expect(seen.insert([entry.model] + entry.hosts).inserted, "\(entry.model) stands twice")
            #expect(entry.price.cachedInput ?? .zero <= entry.price.input, "\(entry.model) is dearer when kept")
        }
        #expect(PriceTable.known.entries.count > 80)
    }

    @Test(arguments: ["mistral-large-latest", "gpt-4o-mini-audio-preview", "gpt-4-32k-0314", "deepseek-chat"])
    func leavesOutWhatMoves(model: String) {
        for host in PriceTable.providers.values.joined() {
            #expect(PriceTable.known.price(of: model, at: host) == nil)
        }
    }
}
