extension Interpreter {
    /// `base.name`: a method first, then a dictionary's key, as in Jinja.
    func attribute(_ name: String, of base: Object) throws(TemplateError) -> Object {
        switch base {
        case .undefined(let reason): throw undefinedError(reason)
        case .loop(let loop):
            if let value = try loop.attribute(name, self) { return value }
            throw TemplateError(
                .unknownMethod, "the loop has no '\(name)'" + suggestion(for: name, among: LoopState.attributes))
        case .namespace(let namespace):
            return namespace.pairs[name] ?? .undefined("the namespace has no attribute '\(name)'")
        case .tuple(let items):
            if let place = items.fields.firstIndex(of: name) { return items.values[place] }
        default: break
        }
        if Methods.has(name, base) { return .method(Method(base, name)) }
        if case .dict(let pairs) = base, let value = pairs[name] { return value }
        try Methods.refuse(name, base)
        return .undefined("\(base.typeName) has no attribute '\(name)'")
    }

    func item(_ index: Object, base: Expression) throws(TemplateError) -> Object {
        try item(index, of: try evaluate(base))
    }

    /// `base[index]`: an element first, then an attribute.
    func item(_ index: Object, of base: Object) throws(TemplateError) -> Object {
        switch base {
        case .undefined(let reason): throw undefinedError(reason)
        case .dict(let pairs):
            if index.isHashable, let value = pairs[index] { return value }
        case .list(let items), .tuple(let items):
            if let place = try place(index, in: items.values.count) { return items.values[place] }
        case .range(let range):
            if let place = try place(index, in: range.count) { return .int(range.value(at: place)) }
        case .string(let text), .markup(let text):
            if intValue(index) != nil {
                try charge(text.utf8.count / 16)
                let scalars = text.scalars
                if let place = try place(index, in: scalars.count) {
                    let character = String(scalars[place])
                    return isMarkup(base) ? .markup(character) : .string(character)
                }
            }
        default: break
        }
        if let name = index.text {
            if case .dict = base, !Methods.has(name, base) {
                return .undefined("the dict has no key '\(name)'")
            }
            return try attribute(name, of: base)
        }
        return .undefined("\(base.typeName) has no element \(try representedText(index))")
    }

    private func place(_ index: Object, in count: Int) throws(TemplateError) -> Int? {
        guard let index = intValue(index) else { return nil }
        let place = index < 0 ? index + count : index
        return place >= 0 && place < count ? place : nil
    }

    func slice(
        _ base: Expression, _ start: Expression?, _ stop: Expression?, _ step: Expression?
    ) throws(TemplateError) -> Object {
        let base = try evaluate(base)
        let start = try bound(start)
        let stop = try bound(stop)
        let step = try bound(step) ?? 1
        guard step != 0 else { throw TemplateError(.value, "a slice cannot go by steps of 0") }
        switch base {
        case .undefined(let reason): throw undefinedError(reason)
        case .list(let items): return .list(try Items(try slice(items.values, start, stop, step)))
        case .tuple(let items): return .tuple(try Items(try slice(items.values, start, stop, step)))
        case .string(let text): return .string(String(try slice(text.scalars, start, stop, step)))
        case .markup(let text): return .markup(String(try slice(text.scalars, start, stop, step)))
        case .range(let range):
            let places = sliceRange(count: range.count, start, stop, step)
            return .range(
                IntegerRange(
                    start: range.value(at: places.start), stop: range.value(at: places.stop), step: range.step &* step))
        default:
            // Jinja hands out an undefined value here, which would print as nothing.
            throw TemplateError(.type, "\(base.typeName) cannot be sliced: add '|list' before")
        }
    }

    private func bound(_ expression: Expression?) throws(TemplateError) -> Int? {
        guard let expression else { return nil }
        switch try evaluate(expression) {
        case .none: return nil
        case .undefined(let reason): throw undefinedError(reason)
        case let value:
            guard let bound = intValue(value) else {
                throw TemplateError(.type, "a slice takes integers, not \(value.typeName)")
            }
            return bound
        }
    }

    private func slice<Element>(
        _ values: [Element], _ start: Int?, _ stop: Int?, _ step: Int
    ) throws(TemplateError) -> [Element] {
        let range = sliceRange(count: values.count, start, stop, step)
        try charge(range.count)
        return (0..<range.count).map { values[range.value(at: $0)] }
    }

    private func sliceRange(count: Int, _ start: Int?, _ stop: Int?, _ step: Int) -> IntegerRange {
        let low = step > 0 ? 0 : -1
        let high = step > 0 ? count : count - 1
        func clamp(_ bound: Int) -> Int {
            bound < 0 ? (bound < -count ? low : bound + count) : min(bound, high)
        }
        return IntegerRange(
            start: start.map(clamp) ?? (step > 0 ? low : high), stop: stop.map(clamp) ?? (step > 0 ? high : low),
            step: step)
    }
}
