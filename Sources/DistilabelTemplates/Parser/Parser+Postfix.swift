extension Parser {
    mutating func parsePostfix(_ base: Expression) throws(TemplateError) -> Expression {
        var result = base
        while true {
            if at(.dot) || at(.openBracket) {
                result = try parseSubscript(result)
            } else if at(.openParenthesis) {
                result = try parseCall(result)
            } else {
                return result
            }
        }
    }

    mutating func parseFilters(_ base: Expression) throws(TemplateError) -> Expression {
        var result = base
        while true {
            if at(.pipe) {
                advance()
                let call = try parseFilterCall()
                result = try node(
                    .filter(result, call), at: call.position, over: [result] + call.arguments.expressions)
            } else if at(keyword: "is") {
                result = try parseTest(result)
            } else if at(.openParenthesis) {
                result = try parseCall(result)
            } else {
                return result
            }
        }
    }

    /// Filters behind a block's tag.
    mutating func parseFilterChain(startsInline: Bool) throws(TemplateError) -> [FilterCall] {
        var calls: [FilterCall] = []
        if startsInline { calls.append(try parseFilterCall()) }
        while skip(.pipe) { calls.append(try parseFilterCall()) }
        return calls
    }

    private mutating func parseFilterCall() throws(TemplateError) -> FilterCall {
        let position = current.position
        let name = try expectName()
        let filter = try Filter.named(name, at: position)
        let arguments = at(.openParenthesis) ? try parseArguments() : CallArguments()
        try filter.signature.check(arguments, of: "filter '\(name)'", at: position)
        try filter.checkNames(in: arguments)
        return FilterCall(filter: filter, arguments: arguments, position: position)
    }

    private mutating func parseTest(_ base: Expression) throws(TemplateError) -> Expression {
        advance()
        let isNegated = skip(keyword: "not")
        let position = current.position
        let name = try expectName()
        let test = try ValueTest.named(name, at: position)
        var arguments = CallArguments()
        if at(.openParenthesis) {
            arguments = try parseArguments()
        } else if startsTestArgument {
            if at(keyword: "is") { throw error("tests with 'is' cannot be chained: join them with 'and'") }
            arguments.positional = [try parsePostfix(try parsePrimary())]
        }
        try test.signature.check(arguments, of: "test '\(name)'", at: position)
        let call = TestCall(test: test, arguments: arguments, isNegated: isNegated)
        return try node(.test(base, call), at: position, over: [base] + arguments.expressions)
    }

    private var startsTestArgument: Bool {
        switch current.kind {
        case .name(let name): !["else", "or", "and"].contains(name)
        case .string, .integer, .float, .symbol(.openBracket), .symbol(.openBrace): true
        default: false
        }
    }

    private mutating func parseSubscript(_ base: Expression) throws(TemplateError) -> Expression {
        let position = current.position
        if skip(.dot) {
            switch current.kind {
            case .name(let name):
                advance()
                return try node(.attribute(base, name), at: position, over: [base])
            case .integer(let number):
                let index = Expression(kind: .int(number), position: current.position)
                advance()
                return try node(.item(base, index), at: position, over: [base])
            default: throw unexpected(wanted: "a name or a number after '.'")
            }
        }
        advance()
        let result: Expression
        if at(.colon) {
            result = try parseSlice(base, start: nil, at: position)
        } else {
            let first = try parseExpression()
            if at(.colon) {
                result = try parseSlice(base, start: first, at: position)
            } else {
                result = try node(.item(base, first), at: position, over: [base, first])
            }
        }
        try expect(.closeBracket)
        return result
    }

    private mutating func parseSlice(
        _ base: Expression, start: Expression?, at position: Position
    ) throws(TemplateError) -> Expression {
        try expect(.colon)
        var stop: Expression?
        var step: Expression?
        if !at(.colon), !at(.closeBracket) { stop = try parseExpression() }
        if skip(.colon), !at(.closeBracket) { step = try parseExpression() }
        return try node(
            .slice(base, start: start, stop: stop, step: step), at: position,
            over: [base] + [start, stop, step].compactMap(\.self))
    }

    private mutating func parseCall(_ callee: Expression) throws(TemplateError) -> Expression {
        let position = current.position
        let arguments = try parseArguments()
        return try node(.call(callee, arguments), at: position, over: [callee] + arguments.expressions)
    }

    private mutating func parseArguments() throws(TemplateError) -> CallArguments {
        try expect(.openParenthesis)
        var arguments = CallArguments()
        var isFirst = true
        while !at(.closeParenthesis) {
            if !isFirst {
                try expect(.comma)
                if at(.closeParenthesis) { break }
            }
            isFirst = false
            let position = current.position
            if at(.multiply), arguments.spread == nil, arguments.spreadNamed == nil {
                advance()
                arguments.spread = try parseExpression()
            } else if at(.power), arguments.spreadNamed == nil {
                advance()
                arguments.spreadNamed = try parseExpression()
            } else if case .name(let name) = current.kind, next.kind == .symbol(.assign) {
                advance()
                advance()
                if arguments.named.contains(where: { $0.name == name }) {
                    throw error("the argument '\(name)' is given twice", at: position)
                }
                arguments.named.append((name, try parseExpression()))
            } else {
                let value = try parseExpression()
                guard arguments.named.isEmpty, arguments.spread == nil, arguments.spreadNamed == nil else {
                    throw error("an argument without a name stands after one with a name", at: position)
                }
                arguments.positional.append(value)
            }
        }
        try expect(.closeParenthesis)
        return arguments
    }
}

extension CallArguments {
    /// All expressions, in the order of the text.
    var expressions: [Expression] {
        positional + named.map(\.value) + [spread, spreadNamed].compactMap(\.self)
    }
}
