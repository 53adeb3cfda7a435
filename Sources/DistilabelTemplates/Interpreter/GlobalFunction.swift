/// The functions that every template has.
enum GlobalFunction: String, CaseIterable {
    case range, namespace, dict

    func call(_ interpreter: Interpreter, _ arguments: Arguments) throws(TemplateError) -> Object {
        switch self {
        case .range: return .range(try range(arguments, interpreter))
        case .dict: return .dict(try pairs(arguments, interpreter))
        case .namespace:
            let namespace = Namespace()
            namespace.pairs = try pairs(arguments, interpreter)
            return .namespace(namespace)
        }
    }

    private func range(_ arguments: Arguments, _ interpreter: Interpreter) throws(TemplateError) -> IntegerRange {
        guard arguments.named.isEmpty, 1...3 ~= arguments.positional.count else {
            throw TemplateError(
                .arguments, "range takes one to three integers: range(stop) or range(start, stop, step)")
        }
        var bounds: [Int] = []
        for value in arguments.positional {
            if case .undefined(let reason) = value { throw interpreter.undefinedError(reason) }
            guard let bound = interpreter.intValue(value) else {
                throw TemplateError(.type, "range takes integers, not \(value.typeName): add '|int'")
            }
            bounds.append(bound)
        }
        if bounds.count == 1 { bounds.insert(0, at: 0) }
        let step = bounds.count == 3 ? bounds[2] : 1
        guard step != 0 else { throw TemplateError(.value, "range cannot go by steps of 0") }
        return IntegerRange(start: bounds[0], stop: bounds[1], step: step)
    }

    /// The pairs of a mapping or of a list of pairs, and then those of the named arguments.
    private func pairs(_ arguments: Arguments, _ interpreter: Interpreter) throws(TemplateError) -> Pairs {
        guard arguments.positional.count <= 1 else {
            throw TemplateError(.arguments, "\(rawValue) takes at most one argument without a name")
        }
        var result = Pairs()
        switch arguments.positional.first {
        case nil: break
        case .dict(let pairs)?: result = pairs
        case let source?:
            for element in try interpreter.elements(of: source) {
                let pair = try interpreter.elements(of: element)
                guard pair.count == 2 else { throw TemplateError(.value, "\(rawValue) takes pairs of key and value") }
                try result.set(pair[0], to: pair[1])
            }
        }
        for (name, value) in arguments.named { try result.set(.string(name), to: value) }
        return result
    }
}
