import DistilabelValues
import Testing

struct ParameterInspectorTests {
    @Test func tellsOfEveryParameter() throws {
        let parameters = try ParameterInspector.parameters(of: Evolve.self)
        #expect(
            parameters.map { "\($0.name): \($0.typeName)" } == [
                "name: string or null", "llm: object of any value", "num_evolutions: int", "base_url: string",
                "n_ctx: int or null", "flavour: string", "generation: object", "input_batch_size: int",
                "use_cache: bool",
                "extra: any value",
            ])
        #expect(parameters.filter(\.isRequired).map(\.name) == ["llm"])
        #expect(parameters.first { $0.name == "flavour" }?.allowedValues == ["plain", "chat_ml"])
        #expect(parameters.first { $0.name == "num_evolutions" }?.defaultValue == 4)
        let generation = try #require(parameters.first { $0.name == "generation" })
        #expect(
            generation.children.map { "\($0.name): \($0.typeName)" } == [
                "temperature: double", "max_new_tokens: int", "top_p: double or null", "stop: list of string",
            ])
    }

    @Test func tellsOfOptionalSettingsAndNamedTypes() throws {
        struct Model: Codable, ParameterTypeNaming {
            var a = 1
            static let parameterTypeName = "llm"
        }
        struct Inner: Codable { var depth = 1, flavour = Flavour.plain }
        struct Holder: DefaultsProviding {
            var model = Model()
            var models: [Model]?
            var generation: Generation?
            var inner = Inner()
            var innerOrNot: Inner?
            var flavours: [Flavour] = []
            var next: [Holder] = []
            static let defaults = Holder()
        }
        let parameters = try ParameterInspector.parameters(of: Holder.self)
        #expect(
            parameters.map { "\($0.name): \($0.typeName)" } == [
                "model: llm", "models: list of llm or null", "generation: object or null", "inner: object",
                "inner_or_not: object or null", "flavours: list of string", "next: list of Holder",
            ])
        #expect(parameters[2].children.map(\.name) == ["temperature", "max_new_tokens", "top_p", "stop"])
        #expect(parameters[3].children.map(\.name) == ["depth", "flavour"])
    }
}
