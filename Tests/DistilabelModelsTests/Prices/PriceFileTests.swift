import DistilabelModels
import DistilabelValues
import Testing

struct PriceFileTests {
    @Test func goesBeforeTheShippedPrices() throws {
        let file: Value = [
            "as_of": "2027-01-01",
            "models": [
                ["provider": "openai", "model": "gpt-4o", "input": 1, "output": 2.5, "cached_input": 0.25],
                ["model": "mine*", "host": "localhost:8000", "input": 0, "output": 0],
            ],
        ]
        let table = try PriceTable(merging: file)
        let price = Price(perMillionInput: 1, output: 2.5, cachedInput: 0.25)
        #expect(table.asOf == "2027-01-01")
        #expect(table.price(of: "gpt-4o", at: "api.openai.com") == price)
        #expect(table.price(of: "gpt-4o-2026-12-31", at: "api.openai.com") == price)
        #expect(table.price(of: "mine-7b", at: "http://127.0.0.1:8000/v1") == .free)
        // A snapshot of another price that ships is not covered by the undated name in the file.
        #expect(
            table.price(of: "gpt-4o-2024-05-13", at: "api.openai.com") == Price(perMillionInput: 5, output: 15))
        #expect(
            table.price(of: "gpt-4o-mini", at: "api.openai.com")
                == PriceTable.known.price(
                    of: "gpt-4o-mini", at: "api.openai.com"))
    }

    @Test func holdsForAnySnapshotWithoutADate() throws {
        let table = try PriceTable(merging: ["models": [["model": "m", "input": 1, "output": 1]]])
        #expect(table.asOf == nil)
        #expect(table.price(of: "m-2999-01-01", at: "example.org") == Price(perMillionInput: 1, output: 1))
    }

    @Test func coversShippedModelsWithAPattern() throws {
        let table = try PriceTable(
            merging: ["models": [["model": "gpt*", "provider": "openai", "input": 0, "output": 0]]])
        #expect(table.price(of: "gpt-4o", at: "api.openai.com") == .free)
        #expect(table.price(of: "o1", at: "api.openai.com") != .free)
    }

    static let mistakes: [(Value, String)] = [
        ([], "must be an object with as_of, models, not list"),
        (["model": []], "nothing is called 'model' here; there are as_of, models; did you mean 'models'?"),
        (["as_of": "2026-01-01"], "models: must be a list of {model, input, output}, but is missing"),
        (["models": 3], "models: must be a list of {model, input, output}, not int"),
        (
            ["models": ["gpt-4o"]],
            "models[0]: must be an object with model, provider, host, input, output, cached_input, not string"
        ),
        (["models": [["input": 1, "output": 1]]], "models[0].model: is missing: the model's name"),
        (["models": [["model": "", "input": 1, "output": 1]]], "models[0].model: must not be empty"),
        (
            ["models": [["model": "a*b", "input": 1, "output": 1]]],
            "models[0].model: '*' may only stand at the end of 'a*b'"
        ),
        (["models": [["model": "a", "output": 1]]], "models[0].input: is missing: US dollars per million tokens"),
        (
            ["models": [["model": "a", "input": 1, "output": nil]]],
            "models[0].output: is missing: US dollars per million tokens"
        ),
        (
            ["models": [["model": "a", "input": "1", "output": 1]]],
            "models[0].input: must be a number of US dollars per million tokens, not string"
        ),
        (
            ["models": [["model": "a", "input": 1, "output": -2]]],
            "models[0].output: must be from 0 to 1000000 US dollars per million tokens, not -2.0"
        ),
        (
            ["models": [["model": "a", "inputs": 1, "output": 1]]],
            "models[0]: nothing is called 'inputs' here; there are model, provider, host, input, output, cached_input; "
                + "did you mean 'input'?"
        ),
        (
            ["models": [["model": "a", "provider": "opena", "input": 1, "output": 1]]],
            "models[0].provider: the servers of 'opena' are not known; add their name as `host`; did you mean 'openai'?"
        ),
        (
            ["models": [["model": "a", "input": 1, "output": 1], ["model": "a", "input": 2, "output": 1]]],
            "models[1]: 'a' has a price already; leave one of the two"
        ),
        (["as_of": "January", "models": []], "as_of: must be a day such as 2026-01-31, not 'January'"),
        (["as_of": 2026, "models": []], "as_of: must be a text, not int"),
    ]

    @Test(arguments: mistakes) func saysWhatIsWrong(file: Value, message: String) {
        let error = #expect(throws: ValueCodingError.self) { try PriceTable(merging: file) }
        #expect(error?.description == message)
    }
}
