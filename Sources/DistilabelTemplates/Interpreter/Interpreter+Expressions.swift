extension Interpreter {
    func evaluate(_ expression: Expression) throws(TemplateError) -> Object {
        try enter()
        defer { leave() }
        do {
            try charge(1)
            return try value(of: expression.kind)
        } catch {
            throw error.placed(at: expression.position)
        }
    }

    private func value(of kind: Expression.Kind) throws(TemplateError) -> Object {
        switch kind {
        case .none: .none
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        case .string(let value): .string(value)
        case .name(let name): value(of: name)
        case .list(let items): .list(try Items(try evaluate(items)))
        case .tuple(let items): .tuple(try Items(try evaluate(items)))
        case .dict(let pairs): try dictionary(pairs)
        case .attribute(let base, let name): try attribute(name, of: try evaluate(base))
        case .item(let base, let index): try item(try evaluate(index), base: base)
        case .slice(let base, let start, let stop, let step): try slice(base, start, stop, step)
        case .call(let callee, let arguments): try call(callee, arguments)
        case .filter(let base, let call): try apply(call, to: try evaluate(base))
        case .test(let base, let call): try test(base, call)
        case .not(let operand): .bool(try !evaluate(operand).isTrue)
        case .negative(let operand): try negated(try evaluate(operand))
        case .positive(let operand): try positive(operand)
        case .binary(let operation, let left, let right): try binary(operation, left, right)
        case .and(let left, let right): try and(left, right)
        case .or(let left, let right): try or(left, right)
        case .compare(let first, let rest): try compare(first, rest)
        case .concat(let items): try concat(items)
        case .conditional(let test, let then, let otherwise): try conditional(test, then, otherwise)
        }
    }

    private func evaluate(_ items: [Expression]) throws(TemplateError) -> [Object] {
        var values: [Object] = []
        values.reserveCapacity(items.count)
        for item in items { values.append(try evaluate(item)) }
        return values
    }

    private func dictionary(_ pairs: [(key: Expression, value: Expression)]) throws(TemplateError) -> Object {
        var values: [(key: Object, value: Object)] = []
        for pair in pairs { values.append((try evaluate(pair.key), try evaluate(pair.value))) }
        return .dict(try Pairs(values))
    }

    private func binary(
        _ operation: BinaryOperator, _ left: Expression, _ right: Expression
    ) throws(TemplateError) -> Object {
        let left = try evaluate(left)
        return try apply(operation, left, try evaluate(right))
    }

    private func positive(_ operand: Expression) throws(TemplateError) -> Object {
        let value = try evaluate(operand)
        if case .undefined(let reason) = value { throw undefinedError(reason) }
        guard let number = Number(value) else { throw TemplateError(.type, "'+' does not take \(value.typeName)") }
        return number.object
    }

    private func and(_ left: Expression, _ right: Expression) throws(TemplateError) -> Object {
        let value = try evaluate(left)
        return value.isTrue ? try evaluate(right) : value
    }

    private func or(_ left: Expression, _ right: Expression) throws(TemplateError) -> Object {
        let value = try evaluate(left)
        return value.isTrue ? value : try evaluate(right)
    }

    private func compare(
        _ first: Expression, _ rest: [(operation: ComparisonOperator, operand: Expression)]
    ) throws(TemplateError) -> Object {
        var left = try evaluate(first)
        for (operation, operand) in rest {
            let right = try evaluate(operand)
            if try !compare(operation, left, right) { return .bool(false) }
            left = right
        }
        return .bool(true)
    }

    private func concat(_ items: [Expression]) throws(TemplateError) -> Object {
        var text = ""
        for item in items {
            let part = try printedText(try evaluate(item))
            try chargeText(text.utf8.count + part.utf8.count)
            text += part
        }
        return .string(text)
    }

    private func conditional(
        _ test: Expression, _ then: Expression, _ otherwise: Expression?
    ) throws(TemplateError) -> Object {
        if try evaluate(test).isTrue { return try evaluate(then) }
        guard let otherwise else {
            return .undefined("the inline 'if' on line \(test.position.line) has no 'else' and its test is false")
        }
        return try evaluate(otherwise)
    }

    private func test(_ base: Expression, _ call: TestCall) throws(TemplateError) -> Object {
        let value = try evaluate(base)
        let arguments = try call.test.signature.bind(try evaluate(call.arguments), of: "test '\(call.test.name)'")
        return .bool(try call.test.apply(self, value, arguments) != call.isNegated)
    }

    func apply(_ call: FilterCall, to value: Object) throws(TemplateError) -> Object {
        do {
            return try apply(call.filter, to: value, try evaluate(call.arguments))
        } catch {
            throw error.placed(at: call.position)
        }
    }

    func apply(_ filter: Filter, to value: Object, _ arguments: Arguments) throws(TemplateError) -> Object {
        try charge(1)
        return try filter.apply(self, value, try filter.signature.bind(arguments, of: "filter '\(filter.name)'"))
    }

    /// A value's text, counted against the limits.
    func printedText(_ value: Object) throws(TemplateError) -> String {
        if let text = value.text { return text }
        try charge(value.weight)
        let text = try value.printed()
        try chargeText(text.utf8.count)
        return text
    }

    /// A value's text as it stands in a list, counted against the limits.
    func representedText(_ value: Object) throws(TemplateError) -> String {
        try charge(value.weight)
        let text = try value.represented()
        try chargeText(text.utf8.count)
        return text
    }
}
