import DistilabelValues
import Testing

private struct Here: Component {
    var model: Value = .null
    static let defaults = Here()
    static var aliases: [String] { ["WasHere"] }
}

struct AbsentNamesTests {
    private var registry: ComponentRegistry {
        var registry = ComponentRegistry()
        registry.note(absent: "Here", advice: "is There now")
        registry.note(absent: "WasHere", advice: "is There now")
        registry.register(Here.self)
        registry.note(absent: "Elsewhere", advice: "is not here; take Here")
        return registry
    }

    @Test func saysWhatTakesThePlaceOfOneThatIsElsewhere() {
        #expect(registry.advice(onAbsent: "Elsewhere") == "is not here; take Here")
        #expect(registry.absentNames == ["Elsewhere"])
        let error = #expect(throws: ValueCodingError.self) {
            try ComponentCoding.decode(from: ["type": "Elsewhere"], registry: registry)
        }
        #expect(error?.description == "'Elsewhere' is not here; take Here")
    }

    @Test(arguments: ["Here", "WasHere"]) func isSilentAboutOneThatIsRegistered(name: String) throws {
        #expect(registry.advice(onAbsent: name) == nil)
        #expect(try ComponentCoding.decode(from: ["type": .string(name)], registry: registry) is Here)
    }

    @Test func tellsSomebodysOwnFromAMisspeltName() {
        let own = ComponentCoding.missing("Scorer", module: "__main__", registry: registry)
        #expect(own.description.contains("`__main__`") && own.description.contains("register"))
        let misspelt = ComponentCoding.missing("Hree", module: "distilabel.steps", registry: registry)
        #expect(misspelt.description == "there is no component named 'Hree'; did you mean 'Here'?")
    }

    @Test func findsAllThatAnObjectNames() throws {
        let object = try #require(
            JSON.parse(
                """
                {"type_info": {"module": "distilabel.steps", "name": "Nowhere"},
                 "llm": {"type_info": {"name": "Elsewhere"}, "inner": {"0": {"type": "Elsewhere"}, "1": {"type": "Here"}}},
                 "schema": {"type": "object", "properties": {"type": {"type": "string"}}},
                 "data": [{"type_info": {"name": "Elsewhere"}}]}
                """
            ).objectValue)
        let found = ComponentCoding.missing(in: object, registry: registry)
        #expect(found.map(\.path) == ["", "llm", "llm.inner.0"])
        #expect(found.map { $0.message.contains("is not here; take Here") } == [false, true, true])
    }
}
