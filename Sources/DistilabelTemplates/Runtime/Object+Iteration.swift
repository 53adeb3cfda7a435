extension DictionaryView {
    /// The elements; those of `items()` are pairs.
    func objects() throws(TemplateError) -> [Object] {
        switch kind {
        case .keys: return pairs.keys
        case .values: return pairs.values
        case .items:
            var result: [Object] = []
            result.reserveCapacity(pairs.keys.count)
            for index in pairs.keys.indices {
                result.append(.tuple(try Items([pairs.keys[index], pairs.values[index]])))
            }
            return result
        }
    }
}

extension Interpreter {
    /// The elements that a `for` over the value would see; a lazy sequence is used up.
    func elements(of object: Object) throws(TemplateError) -> [Object] {
        switch object {
        case .undefined: return []
        case .list(let items), .tuple(let items):
            try charge(items.values.count)
            return items.values
        case .dict(let pairs):
            try charge(pairs.keys.count)
            return pairs.keys
        case .view(let view):
            try charge(view.pairs.keys.count)
            return try view.objects()
        case .string(let text):
            try charge(text.utf8.count)
            return text.unicodeScalars.map { .string(String($0)) }
        case .markup(let text):
            try charge(text.utf8.count)
            return text.unicodeScalars.map { .markup(String($0)) }
        case .range(let range):
            try charge(range.count)
            return (0..<range.count).map { .int(range.value(at: $0)) }
        case .lazy(let items):
            try charge(items.items.count)
            return items.takeRest()
        default:
            throw TemplateError(.type, "\(object.typeName) cannot be looped over: it has no elements")
        }
    }

    /// Python's `len`.
    func length(of object: Object) throws(TemplateError) -> Int {
        switch object {
        case .undefined: return 0
        case .string(let text), .markup(let text):
            try charge(text.utf8.count / 64)
            return text.unicodeScalars.count
        case .list(let items), .tuple(let items): return items.values.count
        case .dict(let pairs): return pairs.keys.count
        case .view(let view): return view.pairs.keys.count
        case .range(let range): return range.count
        case .loop(let loop): return try loop.length(self)
        case .lazy(let items):
            throw TemplateError(.type, "the lazy result of '\(items.origin)' has no length: add '|list' before")
        default: throw TemplateError(.type, "\(object.typeName) has no length")
        }
    }

    func list(_ values: [Object]) throws(TemplateError) -> Object {
        try charge(values.count)
        return .list(try Items(values))
    }

    func lazy(_ values: [Object], from origin: String) throws(TemplateError) -> Object {
        try charge(values.count)
        return .lazy(try LazyItems(values, from: origin))
    }
}
