/// Filters on lists, dictionaries and other sequences.
enum SequenceFilters {
    static let all: [Filter] = [
        Filter("default", ["default_value", "boolean"], fallback), Filter("d", ["default_value", "boolean"], fallback),
        Filter("join", ["d", "attribute"], join), Filter("first", first), Filter("last", last),
        Filter("list", list), Filter("reverse", reverse), Filter("items", items),
        Filter("sort", ["reverse", "case_sensitive", "attribute"], sort),
        Filter("unique", ["case_sensitive", "attribute"], unique),
        Filter("min", ["case_sensitive", "attribute"], minimum),
        Filter("max", ["case_sensitive", "attribute"], maximum),
        Filter("dictsort", ["case_sensitive", "by", "reverse"], dictsort),
        Filter("batch", ["linecount", "fill_with"], required: 1, batch),
        Filter("slice", ["slices", "fill_with"], required: 1, slice),
        Filter("groupby", ["attribute", "default", "case_sensitive"], required: 1, groupby),
    ]

    @Sendable private static func fallback(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let isMissing = value.isUndefined || (arguments.isTrue(1) && !value.isTrue)
        return isMissing ? arguments[0] ?? .string("") : value
    }

    @Sendable private static func join(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let separator = try interpreter.printedText(arguments[0] ?? .string(""))
        let path = try AttributePath(optional: arguments[1])
        var result = ""
        for (index, element) in try interpreter.elements(of: value).enumerated() {
            let part = try interpreter.printedText(try path?.value(in: element, interpreter) ?? element)
            try interpreter.chargeText(
                result.utf8.count + separator.utf8.count + part.utf8.count, adding: part.utf8.count)
            if index > 0 { result += separator }
            result += part
        }
        return .string(result)
    }

    @Sendable private static func first(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let nothing = Object.undefined("No first item, sequence was empty.")
        switch value {
        case .lazy(let items):
            guard items.next < items.items.count else { return nothing }
            items.next += 1
            return items.items[items.next - 1]
        case .range(let range): return range.count > 0 ? .int(range.start) : nothing
        default: return try interpreter.elements(of: value).first ?? nothing
        }
    }

    @Sendable private static func last(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let nothing = Object.undefined("No last item, sequence was empty.")
        switch value {
        case .lazy(let items):
            throw TemplateError(.type, "the lazy result of '\(items.origin)' has no end: add '|list' before '|last'")
        case .range(let range): return range.count > 0 ? .int(range.value(at: range.count - 1)) : nothing
        default: return try interpreter.elements(of: value).last ?? nothing
        }
    }

    @Sendable private static func list(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        .list(try Items(try interpreter.elements(of: value)))
    }

    @Sendable private static func reverse(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        switch value {
        case .string(let text), .markup(let text):
            try interpreter.chargeText(text.utf8.count)
            let reversed = String(text.unicodeScalars.reversed())
            return interpreter.isMarkup(value) ? .markup(reversed) : .string(reversed)
        case .lazy: return try interpreter.list(try interpreter.elements(of: value).reversed())
        default: return try interpreter.lazy(try interpreter.elements(of: value).reversed(), from: "reverse")
        }
    }

    @Sendable private static func items(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        switch value {
        case .undefined: return try interpreter.lazy([], from: "items")
        case .dict(let pairs):
            return try interpreter.lazy(try DictionaryView(kind: .items, pairs: pairs).objects(), from: "items")
        default: throw TemplateError(.type, "items takes a dict, not \(value.typeName)")
        }
    }

    @Sendable private static func sort(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let key = try SortKey(severalOf: arguments[2], isCaseSensitive: arguments.isTrue(1))
        var keyed: [(key: Object, value: Object)] = []
        for element in try interpreter.elements(of: value) {
            keyed.append((try key.key(of: element, interpreter), element))
        }
        return .list(try Items(try interpreter.sorted(keyed, descending: arguments.isTrue(0))))
    }

    @Sendable private static func unique(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let key = try SortKey(arguments[1], isCaseSensitive: arguments.isTrue(0))
        var seen: Set<Object> = []
        var result: [Object] = []
        for element in try interpreter.elements(of: value) {
            let own = try key.key(of: element, interpreter)
            guard own.isHashable else {
                throw TemplateError(.type, "unique cannot compare \(own.typeName): name an attribute")
            }
            try interpreter.charge(own.weight)
            if seen.insert(own).inserted { result.append(element) }
        }
        return try interpreter.lazy(result, from: "unique")
    }

    @Sendable private static func minimum(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        try extreme(interpreter, value, arguments) { (left, right) throws(TemplateError) in
            try interpreter.isLess(left, right)
        }
    }

    @Sendable private static func maximum(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        try extreme(interpreter, value, arguments) { (left, right) throws(TemplateError) in
            try interpreter.isLess(right, left)
        }
    }

    private static func extreme(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments,
        _ isBetter: (Object, Object) throws(TemplateError) -> Bool
    ) throws(TemplateError) -> Object {
        let key = try SortKey(arguments[1], isCaseSensitive: arguments.isTrue(0))
        var best: (key: Object, value: Object)?
        for element in try interpreter.elements(of: value) {
            let own = try key.key(of: element, interpreter)
            if let known = best, try !isBetter(own, known.key) { continue }
            best = (own, element)
        }
        return best?.value ?? .undefined("No aggregated item, sequence was empty.")
    }

    @Sendable private static func dictsort(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        guard case .dict(let pairs) = value else {
            throw TemplateError(.type, "dictsort takes a dict, not \(value.typeName)")
        }
        let by = try arguments.text(1, "key")
        guard by == "key" || by == "value" else {
            throw TemplateError(.arguments, "dictsort sorts by 'key' or 'value', not '\(by)'")
        }
        let key = try SortKey(nil, isCaseSensitive: arguments.isTrue(0))
        var keyed: [(key: Object, value: Object)] = []
        for (index, item) in try DictionaryView(kind: .items, pairs: pairs).objects().enumerated() {
            keyed.append((key.folded(by == "key" ? pairs.keys[index] : pairs.values[index]), item))
        }
        return .list(try Items(try interpreter.sorted(keyed, descending: arguments.isTrue(2))))
    }

    @Sendable private static func batch(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let count = try arguments.int(0, 1)
        guard count > 0 else { throw TemplateError(.value, "batch takes a size of at least 1") }
        let elements = try interpreter.elements(of: value)
        var result: [Object] = []
        for start in stride(from: 0, to: elements.count, by: count) {
            var part = Array(elements[start..<min(elements.count, start + min(count, elements.count))])
            if let fill = arguments[1], !isNone(fill), part.count < count {
                try interpreter.charge(count - part.count)
                part += repeatElement(fill, count: count - part.count)
            }
            result.append(try interpreter.list(part))
        }
        return try interpreter.lazy(result, from: "batch")
    }

    private static func isNone(_ value: Object) -> Bool {
        if case .none = value { true } else { false }
    }

    @Sendable private static func slice(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let slices = try arguments.int(0, 1)
        guard slices > 0 else { throw TemplateError(.value, "slice takes a number of at least 1") }
        try interpreter.charge(slices)
        let elements = try interpreter.elements(of: value)
        var result: [Object] = []
        var start = 0
        for index in 0..<slices {
            let hasExtra = index < elements.count % slices
            let end = start + elements.count / slices + (hasExtra ? 1 : 0)
            var part = Array(elements[start..<end])
            if let fill = arguments[1], !isNone(fill), !hasExtra { part.append(fill) }
            result.append(try interpreter.list(part))
            start = end
        }
        return try interpreter.lazy(result, from: "slice")
    }

    @Sendable private static func groupby(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let key = try SortKey(arguments[0], isCaseSensitive: arguments.isTrue(2))
        let exact = try SortKey(arguments[0], isCaseSensitive: true)
        let fallback = arguments[1].flatMap { isNone($0) ? nil : $0 }
        var keyed: [(key: Object, value: Object)] = []
        for element in try interpreter.elements(of: value) {
            keyed.append((try key.key(of: element, interpreter, fallback: fallback), element))
        }
        let sorted = try interpreter.sorted(keyed, descending: false)
        var groups: [(key: Object, name: Object, members: [Object])] = []
        for element in sorted {
            let own = try key.key(of: element, interpreter, fallback: fallback)
            if let last = groups.last, last.key == own {
                groups[groups.count - 1].members.append(element)
            } else {
                groups.append((own, try exact.key(of: element, interpreter, fallback: fallback), [element]))
            }
        }
        var result: [Object] = []
        for group in groups {
            var pair = try Items([group.name, try interpreter.list(group.members)])
            pair.fields = ["grouper", "list"]
            result.append(.tuple(pair))
        }
        return try interpreter.list(result)
    }
}
