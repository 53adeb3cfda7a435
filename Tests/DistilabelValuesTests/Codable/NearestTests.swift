import DistilabelValues
import Testing

struct NearestTests {
    private let known = ["temperature", "max_new_tokens", "top_p", "top_k", "stop", "num_generations", "llm"]

    @Test(arguments: [
        ("temprature", "temperature"), ("tempearture", "temperature"), ("maxNewTokens", "max_new_tokens"),
        ("max_tokens_new", nil),
        ("topp", "top_p"), ("TOP-K", "top_k"), ("num_generation", "num_generations"), ("lm", "llm"), ("xyz", nil),
        ("", nil), ("stop", "stop"), ("a", nil),
    ])
    func findsWhatWasMeant(name: String, nearest: String?) { #expect(Nearest.match(name, in: known) == nearest) }
}
