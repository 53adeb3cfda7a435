extension Parser {
    /// Statements up to a block tag that starts with one of the names, which is left to be read.
    mutating func parseBody(until ends: [String]) throws(TemplateError) -> [Statement] {
        try enter()
        defer { leave() }
        var body: [Statement] = []
        while true {
            switch current.kind {
            case .data(let text):
                advance()
                body.append(.text(text))
            case .variableBegin:
                advance()
                body.append(.output(try parseTuple()))
                guard current.kind == .variableEnd else { throw unexpected(wanted: "'}}'") }
                advance()
            case .blockBegin:
                advance()
                if case .name(let tag) = current.kind, ends.contains(tag) { return body }
                try parseStatement(into: &body)
                try expectEndOfTag()
            default:
                guard let open = openBlocks.last else { return body }
                throw error("the '\(open.tag)' block is not closed: write {% end\(open.tag) %}", at: open.position)
            }
        }
    }

    /// The body of a block after its head, up to one of the tags, which is left to be read.
    private mutating func parseBlock(
        _ tag: String, at position: Position, until ends: [String]
    ) throws(TemplateError) -> [Statement] {
        _ = skip(.colon)
        try expectEndOfTag()
        openBlocks.append((tag, position))
        let body = try parseBody(until: ends)
        openBlocks.removeLast()
        return body
    }

    private mutating func parseStatement(into body: inout [Statement]) throws(TemplateError) {
        guard case .name(let tag) = current.kind else { throw unexpected(wanted: "a tag's name") }
        let position = current.position
        advance()
        switch tag {
        case "for": body.append(try parseFor(at: position))
        case "if": body.append(try parseIf(at: position))
        case "set": body.append(try parseSet(at: position))
        case "with": body.append(try parseWith(at: position))
        case "macro":
            let name = intern(try expectName())
            try checkAssignable(name.text, at: position)
            body.append(.macro(try parseMacro(name: name, tag: tag, at: position)))
        case "call": body.append(try parseCallBlock(at: position))
        case "filter":
            let filters = try parseFilterChain(startsInline: true)
            let inner = try parseBlock(tag, at: position, until: ["endfilter"])
            advance()
            body.append(.filterBlock(filters, inner))
        case "print":
            while current.kind != .blockEnd {
                body.append(.output(try parseExpression()))
                if current.kind != .blockEnd { try expect(.comma) }
            }
        default: throw unknownTag(tag, at: position)
        }
    }

    private func unknownTag(_ tag: String, at position: Position) -> TemplateError {
        switch tag {
        case "include", "import", "from", "extends", "block", "autoescape":
            return TemplateError(
                .unsupported, "'\(tag)' is not supported in prompts: a prompt is one template, without files",
                at: position)
        case "break", "continue", "do", "trans":
            return TemplateError(
                .unsupported, "'\(tag)' is an extension of Jinja that is not supported in prompts", at: position)
        default: break
        }
        if let open = openBlocks.last {
            return error(
                "unexpected tag '\(tag)' inside the '\(open.tag)' block of line \(open.position.line), "
                    + "which {% end\(open.tag) %} closes", at: position)
        }
        return error("unknown tag '\(tag)'" + suggestion(for: tag, among: Self.tags), at: position)
    }

    static let tags = ["for", "if", "set", "with", "macro", "call", "filter", "print", "raw"]

    private mutating func parseFor(at position: Position) throws(TemplateError) -> Statement {
        let target = try parseTarget(allowsNamespace: false, end: "in")
        try expect(keyword: "in")
        let source = try parseTuple(allowsCondition: false)
        let filter: Expression? = skip(keyword: "if") ? try parseExpression() : nil
        if at(keyword: "recursive") {
            throw TemplateError(
                .unsupported, "'recursive' is not supported in prompts: use a macro that calls itself",
                at: current.position)
        }
        let body = try parseBlock("for", at: position, until: ["endfor", "else"])
        var otherwise: [Statement] = []
        if skip(keyword: "else") {
            otherwise = try parseBlock("for", at: position, until: ["endfor"])
        }
        advance()
        return .loop(
            Loop(
                target: target, source: source, filter: filter, body: body, otherwise: otherwise,
                variable: intern("loop")))
    }

    private mutating func parseIf(at position: Position) throws(TemplateError) -> Statement {
        var branches: [(test: Expression, body: [Statement])] = []
        var otherwise: [Statement] = []
        while true {
            let test = try parseTuple(allowsCondition: false)
            branches.append((test, try parseBlock("if", at: position, until: ["elif", "else", "endif"])))
            if skip(keyword: "elif") { continue }
            if skip(keyword: "else") { otherwise = try parseBlock("if", at: position, until: ["endif"]) }
            advance()
            return .branch(branches, otherwise: otherwise)
        }
    }

    private mutating func parseSet(at position: Position) throws(TemplateError) -> Statement {
        let target = try parseTarget(allowsNamespace: true, end: nil)
        if skip(.assign) { return .set(target, try parseTuple()) }
        let filters = try parseFilterChain(startsInline: false)
        let body = try parseBlock("set", at: position, until: ["endset"])
        advance()
        return .setBlock(target, filters, body)
    }

    private mutating func parseWith(at position: Position) throws(TemplateError) -> Statement {
        var pairs: [(target: Target, value: Expression)] = []
        while current.kind != .blockEnd {
            if !pairs.isEmpty { try expect(.comma) }
            let target = try parseTargetItem(allowsNamespace: false)
            try expect(.assign)
            pairs.append((target, try parseExpression()))
        }
        let body = try parseBlock("with", at: position, until: ["endwith"])
        advance()
        return .with(pairs, body)
    }

    private mutating func parseCallBlock(at position: Position) throws(TemplateError) -> Statement {
        var macro = Macro(name: nil, parameters: [], body: [])
        if at(.openParenthesis) { macro.parameters = try parseSignature() }
        let call = try parseExpression()
        guard case .call = call.kind else {
            throw error("expected a call of a macro, such as {% call item() %}", at: position)
        }
        macro.body = try parseBlock("call", at: position, until: ["endcall"])
        advance()
        addSpecials(to: &macro)
        return .callBlock(macro, call)
    }

    private mutating func parseMacro(
        name: Name, tag: String, at position: Position
    ) throws(TemplateError) -> Macro {
        var macro = Macro(name: name, parameters: try parseSignature(), body: [])
        macro.body = try parseBlock(tag, at: position, until: ["endmacro"])
        advance()
        addSpecials(to: &macro)
        return macro
    }

    /// Jinja hands `caller`, `varargs` and `kwargs` only to a macro whose body reads them.
    private mutating func addSpecials(to macro: inout Macro) {
        let special = (intern("caller"), intern("varargs"), intern("kwargs"))
        var finder = NameFinder(ids: [special.0.id, special.1.id, special.2.id])
        finder.visit(macro)
        let own = Set(macro.parameters.map(\.name.id))
        if finder.found.contains(special.0.id), !own.contains(special.0.id) { macro.caller = special.0 }
        if finder.found.contains(special.1.id), !own.contains(special.1.id) { macro.rest = special.1 }
        if finder.found.contains(special.2.id), !own.contains(special.2.id) { macro.namedRest = special.2 }
    }

    private mutating func parseSignature() throws(TemplateError) -> [Macro.Parameter] {
        try expect(.openParenthesis)
        var parameters: [Macro.Parameter] = []
        while !at(.closeParenthesis) {
            if !parameters.isEmpty { try expect(.comma) }
            let position = current.position
            let name = try expectName()
            try checkAssignable(name, at: position)
            if skip(.assign) {
                parameters.append(.init(name: intern(name), fallback: try parseExpression()))
            } else if let last = parameters.last, last.fallback != nil {
                throw error("the parameter '\(name)' without a default follows one with a default", at: position)
            } else {
                parameters.append(.init(name: intern(name)))
            }
        }
        try expect(.closeParenthesis)
        return parameters
    }
}
