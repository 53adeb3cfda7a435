public import DistilabelValues

extension PriceTable {
    /// Reads prices that go before those of another table.
    ///
    ///     {"as_of": "2026-01-31", "models": [
    ///       {"model": "gpt-4o", "provider": "openai", "input": 2.5, "output": 10, "cached_input": 1.25},
    ///       {"model": "my-llama*", "host": "localhost:8000", "input": 0, "output": 0}]}
    ///
    /// `input`, `output` and `cached_input` are US dollars per million tokens. `host` names the server at which the
    /// price holds, `provider` one of ``providers`` and so its servers; an entry with neither holds at every server.
    ///
    /// - Throws: `ValueCodingError` for the first thing that is wrong, with its place.
    public init(merging value: Value, into table: PriceTable = .known) throws {
        let members = try Self.members(of: value, at: "", allowed: ["as_of", "models"])
        let layer = Layer(asOf: try Self.day(members["as_of"]), entries: try Self.entries(members["models"]))
        layers = [layer] + table.layers
    }

    private static func entries(_ value: Value?) throws -> [Entry] {
        guard let models = value?.arrayValue else {
            let found = value.map { "not \($0.kindName)" } ?? "but is missing"
            throw ValueCodingError(
                code: value == nil ? .missingKey : .typeMismatch, path: "models",
                message: "must be a list of {model, input, output}, \(found)")
        }
        var seen: Set<[String]> = []
        return try models.enumerated().map { index, model in
            let path = "models[\(index)]"
            let entry = try entry(model, at: path)
            guard seen.insert([entry.model] + entry.hosts).inserted else {
                throw ValueCodingError(
                    code: .invalid, path: path, message: "'\(entry.model)' has a price already; leave one of the two")
            }
            return entry
        }
    }

    private static func entry(_ value: Value, at path: String) throws -> Entry {
        let members = try members(
            of: value, at: path, allowed: ["model", "provider", "host", "input", "output", "cached_input"])
        guard let model = try text(members["model"], at: path + ".model") else {
            throw ValueCodingError(code: .missingKey, path: path + ".model", message: "is missing: the model's name")
        }
        if let star = model.firstIndex(of: "*"), model.index(after: star) != model.endIndex {
            throw ValueCodingError(
                code: .invalid, path: path + ".model", message: "'*' may only stand at the end of '\(model)'")
        }
        let provider = try text(members["provider"], at: path + ".provider")
        var hosts = try text(members["host"], at: path + ".host").map { [$0] } ?? []
        if let provider, hosts.isEmpty {
            guard let known = providers[provider] else {
                throw ValueCodingError(
                    code: .invalid, path: path + ".provider",
                    message: "the servers of '\(provider)' are not known; add their name as `host`",
                    suggestion: Nearest.match(provider, in: providers.keys.sorted()))
            }
            hosts = known
        }
        guard let input = try dollars(members["input"], at: path + ".input") else { throw missing(path + ".input") }
        guard let output = try dollars(members["output"], at: path + ".output") else { throw missing(path + ".output") }
        let cached = try dollars(members["cached_input"], at: path + ".cached_input")
        return Entry(
            model: model, hosts: hosts, provider: provider,
            price: Price(input: input, output: output, cachedInput: cached))
    }

    private static func missing(_ path: String) -> ValueCodingError {
        ValueCodingError(code: .missingKey, path: path, message: "is missing: US dollars per million tokens")
    }

    private static func members(of value: Value, at path: String, allowed: [String]) throws -> Value.Object {
        guard let object = value.objectValue else {
            throw ValueCodingError(
                code: .typeMismatch, path: path,
                message: "must be an object with \(allowed.joined(separator: ", ")), not \(value.kindName)")
        }
        if let key = object.keys.first(where: { !allowed.contains($0) }) {
            var error = ValueCodingError(
                code: .unknownKey, path: path,
                message: "nothing is called '\(key)' here; there are \(allowed.joined(separator: ", "))",
                suggestion: Nearest.match(key, in: allowed))
            error.keys = [key]
            throw error
        }
        return object.filter { !$0.value.isNull }
    }

    private static func text(_ value: Value?, at path: String) throws -> String? {
        guard let value else { return nil }
        guard let text = value.stringValue, !text.isEmpty else {
            throw ValueCodingError(
                code: .typeMismatch, path: path,
                message: value.stringValue == nil ? "must be a text, not \(value.kindName)" : "must not be empty")
        }
        return text
    }

    private static func dollars(_ value: Value?, at path: String) throws -> Cost? {
        guard let value else { return nil }
        guard let number = value.doubleValue else {
            throw ValueCodingError(
                code: .typeMismatch, path: path,
                message: "must be a number of US dollars per million tokens, not \(value.kindName)")
        }
        guard let cost = Price.perToken(number) else {
            throw ValueCodingError(
                code: .invalid, path: path,
                message: "must be from 0 to 1000000 US dollars per million tokens, not \(number)")
        }
        return cost
    }

    private static func day(_ value: Value?) throws -> String? {
        guard let text = try text(value, at: "as_of") else { return nil }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], let day = CalendarDay(digits: parts.joined()) else {
            throw ValueCodingError(
                code: .invalid, path: "as_of", message: "must be a day such as 2026-01-31, not '\(text)'")
        }
        return day.text
    }
}
