import DistilabelModels
import DistilabelObservability
import Testing

struct ModelCallTargetTests {
    private func target(_ host: String?) -> ModelCallTarget {
        ModelCallTarget(endpoint: Endpoint(id: "i", name: "n", model: "m", host: host, concurrency: 1))
    }

    @Test(arguments: [
        ("https://api.openai.com/v1", "openai", "api.openai.com", 443),
        ("https://API.Mistral.ai/v1", "mistral_ai", "api.mistral.ai", 443),
        ("https://mine.openai.azure.com/openai", "azure.ai.openai", "mine.openai.azure.com", 443),
        ("http://127.0.0.1:8000/v1", "127.0.0.1", "127.0.0.1", 8000),
        ("http://[::1]:8080", "::1", "::1", 8080),
        ("https://notopenai.com", "notopenai.com", "notopenai.com", 443),
        ("https://bedrock.eu.amazonaws.com", "aws.bedrock", "bedrock.eu.amazonaws.com", 443),
    ])
    func anEndpointIsNamedByItsServer(host: String, provider: String, address: String, port: Int) {
        let target = target(host)
        #expect(target.provider == provider)
        #expect(target.serverAddress == address)
        #expect(target.serverPort == port)
        #expect(target.operation == "chat")
        #expect(target.model == "m")
    }

    @Test func keysInAddressesAreLeftOut() {
        let target = target("https://user:sk-123@gateway.example:9443/v1/sk-456?key=sk-789#sk-0")
        #expect(target.serverAddress == "gateway.example")
        #expect(target.serverPort == 9443)
        #expect(!"\(target)".contains("sk-"))
    }

    @Test func aModelInThisProcessHasNoServer() {
        #expect(target(nil) == ModelCallTarget(provider: "local", model: "m"))
        let named = ModelCallTarget(
            endpoint: Endpoint(id: "i", name: "n", model: "m", concurrency: 1), provider: "llama.cpp")
        #expect(named.provider == "llama.cpp")
    }

    @Test func anAddressWithoutSchemeOrPortHasNoPort() {
        #expect(target("models.internal").serverPort == nil)
        #expect(target("models.internal:99999").serverPort == nil)
        #expect(target("http://").serverAddress == nil)
    }
}
