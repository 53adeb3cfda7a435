extension Parser {
    /// What a `for` or `set` assigns to: a name, several with commas, or an attribute of a namespace.
    mutating func parseTarget(allowsNamespace: Bool, end: String?) throws(TemplateError) -> Target {
        let position = current.position
        var targets: [Target] = []
        var isTuple = false
        while true {
            if !targets.isEmpty, endsTuple(extra: end) { break }
            targets.append(try parseTargetItem(allowsNamespace: allowsNamespace))
            guard skip(.comma) else { break }
            isTuple = true
        }
        return isTuple ? .tuple(targets, position) : targets[0]
    }

    mutating func parseTargetItem(allowsNamespace: Bool) throws(TemplateError) -> Target {
        let position = current.position
        if skip(.openParenthesis) {
            try enter()
            defer { leave() }
            let inner = try parseTarget(allowsNamespace: false, end: nil)
            try expect(.closeParenthesis)
            return inner
        }
        guard case .name(let name) = current.kind else { throw unexpected(wanted: "a name to assign to") }
        advance()
        if allowsNamespace, skip(.dot) {
            return .attribute(intern(name), try expectName(), position)
        }
        try checkAssignable(name, at: position)
        return .name(intern(name))
    }

    func checkAssignable(_ name: String, at position: Position) throws(TemplateError) {
        if ["true", "false", "none", "True", "False", "None"].contains(name) {
            throw error("'\(name)' is a constant and cannot be assigned to", at: position)
        }
    }

    /// Whether a list of expressions with commas ends here.
    func endsTuple(extra: String?) -> Bool {
        switch current.kind {
        case .variableEnd, .blockEnd, .symbol(.closeParenthesis): return true
        case .name(let name): return name == extra
        default: return false
        }
    }
}
