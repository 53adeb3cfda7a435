extension Interpreter {
    func call(_ callee: Expression, _ arguments: CallArguments) throws(TemplateError) -> Object {
        let function = try evaluate(callee)
        return try call(function, try evaluate(arguments))
    }

    func evaluate(_ arguments: CallArguments) throws(TemplateError) -> Arguments {
        var result = Arguments()
        for value in arguments.positional { result.positional.append(try evaluate(value)) }
        for (name, value) in arguments.named { result.named.append((name, try evaluate(value))) }
        if let spread = arguments.spread { result.positional += try elements(of: try evaluate(spread)) }
        if let spread = arguments.spreadNamed {
            guard case .dict(let pairs) = try evaluate(spread) else {
                throw TemplateError(.type, "'**' takes a dict")
            }
            for (key, value) in zip(pairs.keys, pairs.values) {
                guard let name = key.text else { throw TemplateError(.type, "'**' takes a dict with texts as keys") }
                result.named.append((name, value))
            }
        }
        return result
    }

    func call(_ callee: Object, _ arguments: Arguments) throws(TemplateError) -> Object {
        switch callee {
        case .macro(let macro): return try call(macro, arguments)
        case .function(let function): return try function.call(self, arguments)
        case .method(let method):
            if case .loop(let loop) = method.base { return try loop.call(method.name, arguments.positional) }
            return try Methods.call(method, arguments, self)
        case .undefined(let reason): throw undefinedError(reason)
        case .loop:
            throw TemplateError(.unsupported, "recursive loops are not supported in prompts: use a macro")
        default: throw TemplateError(.type, "\(callee.typeName) cannot be called")
        }
    }

    private func call(_ value: MacroValue, _ arguments: Arguments) throws(TemplateError) -> Object {
        try enter()
        defer { leave() }
        let macro = value.macro
        let title = macro.name.map { "macro '\($0.text)'" } ?? "call block"
        var named = arguments.named
        let outer = scope
        defer { scope = outer }
        scope = Scope(parent: value.scope)
        for (index, parameter) in macro.parameters.enumerated() {
            if index < arguments.positional.count {
                scope.set(parameter.name, to: arguments.positional[index])
            } else if let place = named.firstIndex(where: { $0.name == parameter.name.text }) {
                scope.set(parameter.name, to: named.remove(at: place).value)
            } else if let fallback = parameter.fallback {
                scope.set(parameter.name, to: try evaluate(fallback))
            } else {
                scope.set(parameter.name, to: .undefined("parameter '\(parameter.name.text)' was not provided"))
            }
        }
        if let caller = macro.caller {
            let place = named.firstIndex { $0.name == "caller" }
            scope.set(caller, to: place.map { named.remove(at: $0).value } ?? .undefined("No caller defined"))
        }
        if let rest = macro.namedRest {
            let pairs: [(key: Object, value: Object)] = named.map { (.string($0.name), $0.value) }
            scope.set(rest, to: .dict(try Pairs(pairs)))
        } else if let extra = named.first {
            throw TemplateError(.arguments, "the \(title) takes no argument '\(extra.name)'")
        }
        let rest = Array(arguments.positional.dropFirst(macro.parameters.count))
        if let name = macro.rest {
            scope.set(name, to: .tuple(try Items(rest)))
        } else if !rest.isEmpty {
            throw TemplateError(
                .arguments,
                "the \(title) takes at most \(macro.parameters.count) arguments, and was given "
                    + "\(arguments.positional.count)")
        }
        return .string(try captured { () throws(TemplateError) in try execute(macro.body) })
    }
}
