#if Llama
    internal import DistilabelValues
    internal import OrderedCollections

    extension JSONSchemaGrammarBuilder {
        // MARK: Objects

        mutating func object(
            _ object: Value.Object, at place: String, named name: String, depth: Int
        ) throws(LlamaError) -> String {
            for keyword in ["minProperties", "maxProperties", "propertyNames"] where object[keyword] != nil {
                notEnforced.append("\(keyword) at \(place)")
            }
            let properties = object["properties"]?.objectValue ?? [:]
            let required = Set((object["required"]?.arrayValue ?? []).compactMap(\.stringValue))
            if let missing = required.subtracting(properties.keys).min(), !properties.isEmpty {
                throw refusal("\(missing) is required but is none of the properties", at: place)
            }
            var more: String?
            switch object["additionalProperties"] {
            case nil: more = properties.isEmpty ? anyValue() : nil
            case .bool(let allowed)?: more = allowed ? anyValue() : nil
            case let schema?:
                more = try rule(schema, at: "\(place)/additionalProperties", named: name + "-other", depth: depth + 1)
            }
            let extra = more.map { grammar.add(name + "-member", "\(freeString()) \":\" \(space) \($0)") }
            var pairs: [(rule: String, isRequired: Bool)] = []
            for (key, value) in properties {
                let part = try rule(
                    value, at: "\(place)/properties/\(key)", named: "\(name)-\(key)", depth: depth + 1)
                let literal = GrammarText.literal("\"" + JSONCharacters.escaped(key.unicodeScalars) + "\":")
                pairs.append(
                    (grammar.add("\(name)-\(key)-member", "\(literal) \(space) \(part)"), required.contains(key)))
            }
            let comma = "\",\" \(space)"
            // What may follow when members stand before already, from the last property back to the first.
            var following: [String] = Array(repeating: "", count: pairs.count + 1)
            following[pairs.count] = extra.map { "(\(comma) \($0))*" } ?? ""
            for index in pairs.indices.reversed() {
                let pair = pairs[index]
                let body = "\(comma) \(pair.rule)"
                let rest = following[index + 1].isEmpty ? "" : " " + following[index + 1]
                let tail = (pair.isRequired ? body : "(\(body))?") + rest
                following[index] = grammar.add("\(name)-from-\(index + 1)", tail)
            }
            // What may come first: any property before which none is required.
            var starts: [String] = []
            var mayBeEmpty = true
            for (index, pair) in pairs.enumerated() {
                starts.append(following[index + 1].isEmpty ? pair.rule : "\(pair.rule) \(following[index + 1])")
                if pair.isRequired {
                    mayBeEmpty = false
                    break
                }
            }
            if mayBeEmpty, let extra { starts.append("\(extra) (\(comma) \(extra))*") }
            if starts.isEmpty { return grammar.add(name, "\"{}\"") }
            return grammar.add(name, "\"{\" (\(starts.joined(separator: " | ")))\(mayBeEmpty ? "?" : "") \"}\"")
        }

        // MARK: Arrays

        mutating func array(
            _ object: Value.Object, at place: String, named name: String, depth: Int
        ) throws(LlamaError) -> String {
            if object["uniqueItems"] == true { notEnforced.append("uniqueItems at \(place)") }
            let minimum = try count("minItems", of: object, at: place) ?? 0
            let maximum = try count("maxItems", of: object, at: place)
            if let maximum, maximum < minimum { throw refusal("maxItems is less than minItems", at: place) }
            let comma = "\",\" \(space)"
            var firsts: [String] = []
            for (index, schema) in (object["prefixItems"]?.arrayValue ?? []).enumerated() {
                let spot = "\(place)/prefixItems/\(index)"
                firsts.append(try rule(schema, at: spot, named: "\(name)-item-\(index + 1)", depth: depth + 1))
            }
            if !firsts.isEmpty {
                // With leading items of their own schemas, the array has exactly these, unless more are asked for.
                guard minimum <= firsts.count || object["items"] != nil else {
                    throw refusal("minItems asks for more than prefixItems has", at: place)
                }
                firsts = Array(firsts.prefix(maximum ?? .max))
                var body = firsts.joined(separator: " \(comma) ")
                if let items = object["items"], items != false, maximum ?? .max > firsts.count {
                    let item = try rule(items, at: "\(place)/items", named: name + "-item", depth: depth + 1)
                    body +=
                        " (\(comma) \(item))"
                        + times(max(0, minimum - firsts.count), maximum.map { $0 - firsts.count }, at: place)
                }
                return grammar.add(name, "\"[\" \(body) \"]\"")
            }
            if maximum == 0 { return grammar.add(name, "\"[]\"") }
            let item = try rule(object["items"] ?? true, at: "\(place)/items", named: name + "-item", depth: depth + 1)
            let rest =
                maximum == 1
                ? "" : " (\(comma) \(item))" + times(max(0, minimum - 1), maximum.map { $0 - 1 }, at: place)
            let filled = "\(item)\(rest)"
            return grammar.add(name, minimum == 0 ? "\"[\" (\(filled))? \"]\"" : "\"[\" \(filled) \"]\"")
        }

        private func count(_ keyword: String, of object: Value.Object, at place: String) throws(LlamaError) -> Int? {
            guard let value = object[keyword] else { return nil }
            guard let number = Self.whole(value), number >= 0 else {
                throw refusal("\(keyword) must be an integer of 0 or more", at: place)
            }
            return number
        }

        /// A quantifier within what llama.cpp takes; a bound above that is left out, and noted.
        private mutating func times(_ minimum: Int, _ maximum: Int?, at place: String) -> String {
            var (minimum, maximum) = (minimum, maximum)
            if minimum > Self.mostRepetitions {
                notEnforced.append("a minimum above \(Self.mostRepetitions) at \(place)")
                minimum = Self.mostRepetitions
            }
            if let bound = maximum, bound > Self.mostRepetitions {
                notEnforced.append("a maximum above \(Self.mostRepetitions) at \(place)")
                maximum = nil
            }
            return maximum == 0 ? "{0}" : GrammarText.times(minimum, maximum)
        }

        // MARK: Strings

        mutating func string(_ object: Value.Object, at place: String, named name: String) throws(LlamaError) -> String
        {
            let minimum = try count("minLength", of: object, at: place)
            let maximum = try count("maxLength", of: object, at: place)
            if let minimum, let maximum, maximum < minimum {
                throw refusal("maxLength is less than minLength", at: place)
            }
            let pattern = object["pattern"]?.stringValue ?? object["format"]?.stringValue.flatMap { Self.formats[$0] }
            if let pattern {
                if minimum != nil || maximum != nil {
                    notEnforced.append("minLength and maxLength beside a pattern at \(place)")
                }
                do {
                    return grammar.add(name, "\"\\\"\" (\(try RegexGrammar.body(pattern, in: .jsonString))) \"\\\"\"")
                } catch {
                    throw refusal(error.message, at: place)
                }
            }
            if minimum == nil, maximum == nil { return freeString() }
            return grammar.add(name, "\"\\\"\" \(character)\(times(minimum ?? 0, maximum, at: place)) \"\\\"\"")
        }

        private static let formats: [String: String] = {
            let date = #"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])"#
            let time = #"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)"#
            return [
                "date": date, "time": time, "date-time": date + "T" + time,
                "uuid": "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
            ]
        }()

        // MARK: Numbers

        mutating func integer(_ object: Value.Object, at place: String, named name: String) throws(LlamaError) -> String
        {
            if let step = object["multipleOf"], step != 1, step != 1.0 { notEnforced.append("multipleOf at \(place)") }
            var minimum = try bound("minimum", of: object, at: place, rounding: .up)
            var maximum = try bound("maximum", of: object, at: place, rounding: .down)
            if let low = try bound("exclusiveMinimum", of: object, at: place, rounding: .down) {
                minimum = max(minimum ?? .min, low + 1)
            }
            if let high = try bound("exclusiveMaximum", of: object, at: place, rounding: .up) {
                maximum = min(maximum ?? .max, high - 1)
            }
            guard let body = NumberGrammar.integer(minimum: minimum, maximum: maximum) else {
                throw refusal("no integer is in the range", at: place)
            }
            return minimum == nil && maximum == nil ? shared("integer", body) : grammar.add(name, body)
        }

        mutating func number(_ object: Value.Object, at place: String, named name: String) throws(LlamaError) -> String
        {
            if object["multipleOf"] != nil { notEnforced.append("multipleOf at \(place)") }
            for keyword in ["exclusiveMinimum", "exclusiveMaximum"] where object[keyword] != nil {
                notEnforced.append("that \(keyword) itself is left out at \(place)")
            }
            var bounds: [String: Int] = [:]
            for keyword in ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"] {
                guard let value = object[keyword] else { continue }
                guard let whole = Self.whole(value) else {
                    throw refusal(
                        "\(keyword) of a number must be a whole number here; check other bounds afterwards", at: place)
                }
                bounds[keyword] = whole
            }
            let minimum = [bounds["minimum"], bounds["exclusiveMinimum"]].compactMap(\.self).max()
            let maximum = [bounds["maximum"], bounds["exclusiveMaximum"]].compactMap(\.self).min()
            guard let body = NumberGrammar.number(minimum: minimum, maximum: maximum, exponents: true) else {
                throw refusal("no number is in the range", at: place)
            }
            return minimum == nil && maximum == nil ? shared("number", body) : grammar.add(name, body)
        }

        private func bound(
            _ keyword: String, of object: Value.Object, at place: String, rounding: FloatingPointRoundingRule
        ) throws(LlamaError) -> Int? {
            guard let value = object[keyword] else { return nil }
            guard let number = value.doubleValue, number.magnitude < 1e15 else {
                throw refusal("\(keyword) must be a number below 10^15", at: place)
            }
            return Int(number.rounded(rounding))
        }

        static func whole(_ value: Value) -> Int? {
            switch value {
            case .int(let number): number.magnitude < 1_000_000_000_000_000 ? number : nil
            case .double(let number): number.magnitude < 1e15 && number == number.rounded() ? Int(number) : nil
            default: nil
            }
        }

        // MARK: Constants

        /// A value as compact JSON.
        static func json(_ value: Value) -> String {
            switch value {
            case .null: "null"
            case .bool(let value): value ? "true" : "false"
            case .int(let value): String(value)
            case .double(let value): value.isFinite ? "\(value)" : "null"
            case .string(let text): "\"" + JSONCharacters.escaped(text.unicodeScalars) + "\""
            case .array(let values): "[" + values.map(json).joined(separator: ", ") + "]"
            case .object(let object):
                "{"
                    + object.map { "\"" + JSONCharacters.escaped($0.unicodeScalars) + "\": " + json($1) }.joined(
                        separator: ", ") + "}"
            }
        }
    }

#endif
