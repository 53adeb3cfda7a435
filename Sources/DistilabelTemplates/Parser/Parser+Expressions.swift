extension Parser {
    /// An expression, or several with commas, which make a tuple.
    mutating func parseTuple(
        allowsCondition: Bool = true, inParentheses: Bool = false
    ) throws(TemplateError) -> Expression {
        let position = current.position
        var items: [Expression] = []
        var isTuple = false
        while true {
            if endsTuple(extra: nil) { break }
            items.append(try parseExpression(allowsCondition: allowsCondition))
            guard skip(.comma) else { break }
            isTuple = true
        }
        if !isTuple, let item = items.first { return item }
        if !isTuple, !inParentheses { throw unexpected(wanted: "an expression") }
        return try node(.tuple(items), at: position, over: items)
    }

    mutating func parseExpression(allowsCondition: Bool = true) throws(TemplateError) -> Expression {
        try enter()
        defer { leave() }
        let position = current.position
        var result = try parseOr()
        while allowsCondition, skip(keyword: "if") {
            let test = try parseOr()
            let otherwise: Expression? = skip(keyword: "else") ? try parseExpression() : nil
            result = try node(
                .conditional(test: test, then: result, otherwise: otherwise), at: position,
                over: [test, result] + (otherwise.map { [$0] } ?? []))
        }
        return result
    }

    private mutating func parseOr() throws(TemplateError) -> Expression {
        var left = try parseAnd()
        while at(keyword: "or") {
            let position = current.position
            advance()
            let right = try parseAnd()
            left = try node(.or(left, right), at: position, over: [left, right])
        }
        return left
    }

    private mutating func parseAnd() throws(TemplateError) -> Expression {
        var left = try parseNot()
        while at(keyword: "and") {
            let position = current.position
            advance()
            let right = try parseNot()
            left = try node(.and(left, right), at: position, over: [left, right])
        }
        return left
    }

    private mutating func parseNot() throws(TemplateError) -> Expression {
        guard at(keyword: "not") else { return try parseComparison() }
        let position = current.position
        try enter()
        defer { leave() }
        advance()
        let operand = try parseNot()
        return try node(.not(operand), at: position, over: [operand])
    }

    private mutating func parseComparison() throws(TemplateError) -> Expression {
        let first = try parseBinary(level: 0)
        var position = current.position
        var rest: [(operation: ComparisonOperator, operand: Expression)] = []
        while let comparison = comparisonOperator() {
            if rest.isEmpty { position = current.position }
            advance()
            if comparison == .notContained { advance() }
            rest.append((comparison, try parseBinary(level: 0)))
        }
        if rest.isEmpty { return first }
        return try node(.compare(first, rest), at: position, over: [first] + rest.map(\.operand))
    }

    private func comparisonOperator() -> ComparisonOperator? {
        switch current.kind {
        case .symbol(let symbol):
            switch symbol {
            case .equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual:
                return ComparisonOperator(rawValue: symbol.rawValue)
            default: return nil
            }
        case .name("in"): return .contained
        case .name("not") where next.kind == .name("in"): return .notContained
        default: return nil
        }
    }

    /// Operators that bind alike, from loose to tight; `~` joins any number at once.
    ///
    /// All associate to the left.
    private static let levels: [Set<Symbol>] = [
        [.add, .subtract], [.tilde], [.multiply, .divide, .floorDivide, .modulo], [.power],
    ]

    private mutating func parseBinary(level: Int) throws(TemplateError) -> Expression {
        guard level < Self.levels.count else { return try parseUnary() }
        var left = try parseBinary(level: level + 1)
        while case .symbol(let symbol) = current.kind, Self.levels[level].contains(symbol) {
            let position = current.position
            if symbol == .tilde {
                var items = [left]
                while skip(.tilde) { items.append(try parseBinary(level: level + 1)) }
                left = try node(.concat(items), at: position, over: items)
            } else if let operation = BinaryOperator(rawValue: symbol.rawValue) {
                advance()
                let right = try parseBinary(level: level + 1)
                left = try node(.binary(operation, left, right), at: position, over: [left, right])
            }
        }
        return left
    }

    private mutating func parseUnary(allowsFilters: Bool = true) throws(TemplateError) -> Expression {
        let position = current.position
        var result: Expression
        if at(.subtract) || at(.add) {
            let isNegative = at(.subtract)
            try enter()
            defer { leave() }
            advance()
            let operand = try parseUnary(allowsFilters: false)
            result = try node(isNegative ? .negative(operand) : .positive(operand), at: position, over: [operand])
        } else {
            result = try parsePrimary()
        }
        result = try parsePostfix(result)
        return allowsFilters ? try parseFilters(result) : result
    }

    mutating func parsePrimary() throws(TemplateError) -> Expression {
        let position = current.position
        switch current.kind {
        case .name(let name):
            advance()
            let kind: Expression.Kind =
                switch name {
                case "true", "True": .bool(true)
                case "false", "False": .bool(false)
                case "none", "None": .none
                default: .name(intern(name))
                }
            return Expression(kind: kind, position: position)
        case .string(let first):
            advance()
            var text = first
            while case .string(let more) = current.kind {
                text += more
                advance()
            }
            return Expression(kind: .string(text), position: position)
        case .integer(let value):
            advance()
            return Expression(kind: .int(value), position: position)
        case .float(let value):
            advance()
            return Expression(kind: .double(value), position: position)
        case .symbol(.openParenthesis):
            advance()
            let inner = try parseTuple(inParentheses: true)
            try expect(.closeParenthesis)
            return inner
        case .symbol(.openBracket): return try parseList(at: position)
        case .symbol(.openBrace): return try parseDictionary(at: position)
        default: throw unexpected(wanted: "an expression")
        }
    }

    private mutating func parseList(at position: Position) throws(TemplateError) -> Expression {
        advance()
        var items: [Expression] = []
        while !at(.closeBracket) {
            if !items.isEmpty { try expect(.comma) }
            if at(.closeBracket) { break }
            items.append(try parseExpression())
        }
        try expect(.closeBracket)
        return try node(.list(items), at: position, over: items)
    }

    private mutating func parseDictionary(at position: Position) throws(TemplateError) -> Expression {
        advance()
        var pairs: [(key: Expression, value: Expression)] = []
        while !at(.closeBrace) {
            if !pairs.isEmpty { try expect(.comma) }
            if at(.closeBrace) { break }
            let key = try parseExpression()
            try expect(.colon)
            pairs.append((key, try parseExpression()))
        }
        try expect(.closeBrace)
        return try node(.dict(pairs), at: position, over: pairs.flatMap { [$0.key, $0.value] })
    }
}
