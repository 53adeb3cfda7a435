#if Llama
    internal import DistilabelValues

    /// Turns a JSON schema into rules, a part of the schema at a time.
    struct JSONSchemaGrammarBuilder {
        let schema: Value
        var grammar = GrammarText()
        var notEnforced: [String] = []
        /// The rules of parts that have been referred to, by their pointers.
        private var referenced: [String: String] = [:]
        /// The rules of parts that stand alone and do not depend on where: numbers, free strings, any value.
        private var common: [String: String] = [:]

        /// The most repetitions that a rule is given; llama.cpp refuses more than 2,000.
        static let mostRepetitions = 1000

        init(schema: Value) { self.schema = schema }

        mutating func build() throws(LlamaError) -> (text: String, isClosed: Bool, notEnforced: [String]) {
            let root = grammar.reserve("root")
            let body = try rule(schema, at: "#", named: "document", depth: 0)
            grammar.define(root, body)
            return (grammar.text, isClosed(schema, depth: 0), notEnforced)
        }

        /// Whether the documents end with a sign that nothing can follow.
        private func isClosed(_ part: Value, depth: Int) -> Bool {
            guard depth < 16, let object = part.objectValue else { return false }
            func isClosed(_ value: Value) -> Bool {
                switch value {
                case .int, .double: false
                default: true
                }
            }
            if let reference = object["$ref"]?.stringValue, let target = try? resolve(reference, at: "#") {
                return self.isClosed(target, depth: depth + 1)
            }
            if let constant = object["const"] { return isClosed(constant) }
            if let values = object["enum"]?.arrayValue { return values.allSatisfy(isClosed) }
            if let choices = (object["anyOf"] ?? object["oneOf"])?.arrayValue {
                return choices.allSatisfy { self.isClosed($0, depth: depth + 1) }
            }
            let types = object["type"]?.arrayValue ?? object["type"].map { [$0] } ?? []
            if types.isEmpty {
                let parts = object["allOf"]?.arrayValue ?? []
                return object["properties"] != nil || parts.contains { self.isClosed($0, depth: depth + 1) }
            }
            return types.allSatisfy { $0 != "integer" && $0 != "number" }
        }

        func refusal(_ what: String, at place: String) -> LlamaError {
            LlamaError(.schemaUnsupported, "the JSON schema at \(place): \(what)")
        }

        // MARK: Rules

        /// The name of a rule for a part of the schema.
        mutating func rule(_ part: Value, at place: String, named name: String, depth: Int) throws(LlamaError) -> String
        {
            guard depth < 64 else { throw refusal("it is nested too deep", at: place) }
            switch part {
            case .bool(true): return anyValue()
            case .bool(false): throw refusal("false fits no document", at: place)
            case .object(let object): return try rule(object, at: place, named: name, depth: depth)
            default: throw refusal("a schema is an object, not a \(part.kindName)", at: place)
            }
        }

        private mutating func rule(
            _ object: Value.Object, at place: String, named name: String, depth: Int
        ) throws(LlamaError) -> String {
            if let reference = object["$ref"] { return try self.reference(reference, at: place, depth: depth) }
            for keyword in ["not", "if", "patternProperties", "dependentRequired", "dependentSchemas", "contains"]
            where object[keyword] != nil {
                throw refusal(
                    "\(keyword) cannot be made a grammar of; leave it out and check the answer afterwards", at: place)
            }
            if let constant = object["const"] { return grammar.add(name, GrammarText.literal(Self.json(constant))) }
            if let values = object["enum"] {
                guard let values = values.arrayValue, !values.isEmpty else {
                    throw refusal("enum must be a list of one value or more", at: place)
                }
                return grammar.add(name, values.map { GrammarText.literal(Self.json($0)) }.joined(separator: " | "))
            }
            if let parts = object["allOf"]?.arrayValue {
                let merged = try merge(parts, into: object, at: place)
                return try rule(merged, at: place, named: name, depth: depth + 1)
            }
            for keyword in ["anyOf", "oneOf"] {
                guard let choices = object[keyword]?.arrayValue else { continue }
                guard !choices.isEmpty else { throw refusal("\(keyword) must have one choice or more", at: place) }
                var base = object
                base[keyword] = nil
                let hasBase = ["type", "properties", "items"].contains { base[$0] != nil }
                var names: [String] = []
                for (index, choice) in choices.enumerated() {
                    let spot = "\(place)/\(keyword)/\(index)"
                    let whole = hasBase ? Value.object(try merge([choice], into: base, at: spot)) : choice
                    names.append(try rule(whole, at: spot, named: "\(name)-\(index + 1)", depth: depth + 1))
                }
                return grammar.add(name, names.joined(separator: " | "))
            }
            if let types = object["type"]?.arrayValue {
                var names: [String] = []
                for type in types {
                    var single = object
                    single["type"] = type
                    names.append(
                        try rule(single, at: place, named: "\(name)-\(type.stringValue ?? "")", depth: depth + 1))
                }
                guard !names.isEmpty else { throw refusal("type must name one type or more", at: place) }
                return grammar.add(name, names.joined(separator: " | "))
            }
            return try typed(object, at: place, named: name, depth: depth)
        }

        private mutating func typed(
            _ object: Value.Object, at place: String, named name: String, depth: Int
        ) throws(LlamaError) -> String {
            let type = object["type"]?.stringValue ?? Self.impliedType(object)
            switch type {
            case "object": return try self.object(object, at: place, named: name, depth: depth)
            case "array": return try array(object, at: place, named: name, depth: depth)
            case "string": return try string(object, at: place, named: name)
            case "integer": return try integer(object, at: place, named: name)
            case "number": return try number(object, at: place, named: name)
            case "boolean": return shared("boolean", #""true" | "false""#)
            case "null": return shared("null", #""null""#)
            case nil: return anyValue()
            case let type?: throw refusal("there is no type \(type)", at: place)
            }
        }

        private static func impliedType(_ object: Value.Object) -> String? {
            let hints: [(String, [String])] = [
                ("object", ["properties", "required", "additionalProperties"]),
                ("array", ["items", "prefixItems", "minItems", "maxItems"]),
                ("string", ["minLength", "maxLength", "pattern"]),
                ("number", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]),
            ]
            return hints.first { $0.1.contains { object[$0] != nil } }?.0
        }

        /// A rule that is the same wherever it stands.
        mutating func shared(_ name: String, _ body: String) -> String {
            if let known = common[name] { return known }
            let rule = grammar.add(name, body)
            common[name] = rule
            return rule
        }

        /// The rule of any JSON value.
        mutating func anyValue() -> String {
            if let known = common["value"] { return known }
            let value = grammar.reserve("value")
            common["value"] = value
            let string = freeString()
            let space = self.space
            let number = shared("number", NumberGrammar.number(minimum: nil, maximum: nil, exponents: true) ?? "\"0\"")
            let pair = grammar.add("member", "\(string) \":\" \(space) \(value)")
            grammar.define(
                value,
                "\(string) | \(number) | \"true\" | \"false\" | \"null\""
                    + " | \"{\" (\(pair) (\",\" \(space) \(pair))*)? \"}\" | \"[\" (\(value) (\",\" \(space) \(value))*)? \"]\""
            )
            return value
        }

        /// The rule of any JSON string.
        mutating func freeString() -> String { shared("string", "\"\\\"\" \(character)* \"\\\"\"") }

        /// The rule of a character in a JSON string.
        var character: String { mutating get { shared("character", JSONCharacters.rule) } }

        /// The rule of the space after a comma or a colon.
        var space: String { mutating get { shared("space", "\" \"?") } }

        // MARK: References

        private mutating func reference(_ value: Value, at place: String, depth: Int) throws(LlamaError) -> String {
            guard let pointer = value.stringValue else { throw refusal("$ref must be a text", at: place) }
            if let known = referenced[pointer] { return known }
            let target = try resolve(pointer, at: place)
            let name = grammar.reserve(pointer.split(separator: "/").last.map(String.init) ?? "document")
            referenced[pointer] = name
            let body = try rule(target, at: pointer, named: name + "-is", depth: depth + 1)
            guard body != name else { throw refusal("\(pointer) refers to nothing but itself", at: place) }
            grammar.define(name, body)
            return name
        }

        func resolve(_ pointer: String, at place: String) throws(LlamaError) -> Value {
            guard pointer.hasPrefix("#") else {
                throw refusal("$ref \(pointer) leads out of the schema; put what it names under $defs", at: place)
            }
            var value = schema
            for part in pointer.dropFirst().split(separator: "/") {
                let key = Self.unescape(part)
                let next: Value? =
                    if let list = value.arrayValue, let index = Int(key), list.indices.contains(index) {
                        list[index]
                    } else { value[key] }
                guard let next else { throw refusal("there is nothing at \(pointer)", at: place) }
                value = next
            }
            return value
        }

        /// A step of a JSON pointer, with `~1` and `~0` read as what they stand for.
        private static func unescape(_ part: Substring) -> String {
            var result = ""
            var rest = part
            while let character = rest.popFirst() {
                if character == "~", let code = rest.first, code == "0" || code == "1" {
                    rest.removeFirst()
                    result += code == "0" ? "~" : "/"
                } else {
                    result.append(character)
                }
            }
            return result
        }

        /// Joins schemas that all must hold: properties and required keys add up, any other keyword may only stand once
        /// or be equal.
        private func merge(_ parts: [Value], into object: Value.Object, at place: String) throws(LlamaError)
            -> Value.Object
        {
            var result = object
            result["allOf"] = nil
            for part in parts {
                var part = part
                var hops = 0
                while let pointer = part["$ref"]?.stringValue, hops < 16 {
                    part = try resolve(pointer, at: place)
                    hops += 1
                }
                guard let keywords = part.objectValue else {
                    throw refusal("a schema to be merged must be an object", at: place)
                }
                for (keyword, value) in keywords {
                    switch (keyword, result[keyword]) {
                    case (_, nil): result[keyword] = value
                    case ("properties", .object(let old)?):
                        guard let new = value.objectValue else {
                            throw refusal("properties must be an object", at: place)
                        }
                        result[keyword] = .object(old.merging(new) { _, new in new })
                    case ("required", .array(let old)?):
                        result[keyword] = .array(old + (value.arrayValue ?? []).filter { !old.contains($0) })
                    case ("title", _), ("description", _), ("default", _), ("examples", _): break
                    case (_, let old?):
                        if old != value {
                            throw refusal("two different values of \(keyword) must hold at once", at: place)
                        }
                    }
                }
            }
            return result
        }
    }

#endif
