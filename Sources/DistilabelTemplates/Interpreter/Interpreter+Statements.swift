extension Interpreter {
    func execute(_ body: [Statement]) throws(TemplateError) {
        try enter()
        defer { leave() }
        for statement in body { try execute(statement) }
    }

    private func execute(_ statement: Statement) throws(TemplateError) {
        switch statement {
        case .text(let text): try write(text)
        case .output(let expression): try print(expression)
        case .branch(let branches, let otherwise): try branch(branches, otherwise)
        case .loop(let loop): try run(loop)
        case .set(let target, let expression): try assign(try evaluate(expression), to: target)
        case .setBlock(let target, let filters, let body): try setBlock(target, filters, body)
        case .macro(let macro): define(macro)
        case .callBlock(let macro, let call): try callBlock(macro, call)
        case .filterBlock(let filters, let body):
            try write(try filtered(filters, body).printed())
        case .with(let pairs, let body): try with(pairs, body)
        }
    }

    private func print(_ expression: Expression) throws(TemplateError) {
        let value = try evaluate(expression)
        do {
            try write(try printedText(value))
        } catch {
            throw error.placed(at: expression.position)
        }
    }

    private func branch(
        _ branches: [(test: Expression, body: [Statement])], _ otherwise: [Statement]
    ) throws(TemplateError) {
        for branch in branches where try evaluate(branch.test).isTrue { return try execute(branch.body) }
        try execute(otherwise)
    }

    private func run(_ loop: Loop) throws(TemplateError) {
        let source = try evaluate(loop.source)
        let items: [Object]
        do {
            items = try elements(of: source)
        } catch {
            throw error.placed(at: loop.source.position)
        }
        let state = LoopState(items, depth: 1) { [unowned self] item throws(TemplateError) in
            try self.passes(loop, item)
        }
        var isEmpty = true
        while let item = try state.advance() {
            try charge(1)
            isEmpty = false
            try scoped { inner throws(TemplateError) in
                try assign(item, to: loop.target)
                inner.set(loop.variable, to: .loop(state))
                try execute(loop.body)
            }
        }
        if isEmpty { try scoped { _ throws(TemplateError) in try execute(loop.otherwise) } }
    }

    private func passes(_ loop: Loop, _ item: Object) throws(TemplateError) -> Bool {
        guard let filter = loop.filter else { return true }
        var result = false
        try scoped { _ throws(TemplateError) in
            try assign(item, to: loop.target)
            result = try evaluate(filter).isTrue
        }
        return result
    }

    private func setBlock(_ target: Target, _ filters: [FilterCall], _ body: [Statement]) throws(TemplateError) {
        try assign(try filtered(filters, body), to: target)
    }

    private func filtered(_ filters: [FilterCall], _ body: [Statement]) throws(TemplateError) -> Object {
        var value = Object.string(
            try captured { () throws(TemplateError) in
                try scoped { _ throws(TemplateError) in try execute(body) }
            })
        for filter in filters { value = try apply(filter, to: value) }
        return value
    }

    private func with(
        _ pairs: [(target: Target, value: Expression)], _ body: [Statement]
    ) throws(TemplateError) {
        var values: [Object] = []
        for pair in pairs { values.append(try evaluate(pair.value)) }
        try scoped { _ throws(TemplateError) in
            for (pair, value) in zip(pairs, values) { try assign(value, to: pair.target) }
            try execute(body)
        }
    }

    private func define(_ macro: Macro) {
        guard let name = macro.name else { return }
        scope.set(name, to: .macro(make(macro)))
    }

    private func make(_ macro: Macro) -> MacroValue {
        let value = MacroValue(macro, in: scope)
        macros.append(value)
        return value
    }

    private func callBlock(_ macro: Macro, _ call: Expression) throws(TemplateError) {
        guard case .call(let callee, let arguments) = call.kind else { return }
        var values = try evaluate(arguments)
        values.named.append(("caller", .macro(make(macro))))
        do {
            try write(try printedText(try self.call(try evaluate(callee), values)))
        } catch {
            throw error.placed(at: call.position)
        }
    }

    // MARK: Assignment

    private func assign(_ value: Object, to target: Target) throws(TemplateError) {
        switch target {
        case .name(let name): scope.set(name, to: value)
        case .attribute(let name, let attribute, let position):
            guard case .namespace(let namespace) = self.value(of: name) else {
                throw TemplateError(
                    .type, "'\(name.text)' is no namespace: set it first, {% set \(name.text) = namespace() %}",
                    at: position)
            }
            do {
                try namespace.pairs.set(.string(attribute), to: value)
            } catch {
                throw error.placed(at: position)
            }
        case .tuple(let targets, let position):
            do throws(TemplateError) {
                let values = try elements(of: value)
                guard values.count == targets.count else {
                    throw TemplateError(
                        .value, "\(values.count) values cannot be assigned to \(targets.count) names")
                }
                for (target, value) in zip(targets, values) { try assign(value, to: target) }
            } catch {
                throw error.placed(at: position)
            }
        }
    }
}
