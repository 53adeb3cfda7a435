extension Expression {
    /// The expressions right below, in the order of the text.
    var children: [Expression] {
        switch kind {
        case .none, .bool, .int, .double, .string, .name: []
        case .list(let items), .tuple(let items), .concat(let items): items
        case .dict(let pairs): pairs.flatMap { [$0.key, $0.value] }
        case .attribute(let base, _), .not(let base), .negative(let base), .positive(let base): [base]
        case .item(let base, let index): [base, index]
        case .slice(let base, let start, let stop, let step): [base] + [start, stop, step].compactMap(\.self)
        case .call(let base, let arguments): [base] + arguments.expressions
        case .filter(let base, let call): [base] + call.arguments.expressions
        case .test(let base, let call): [base] + call.arguments.expressions
        case .binary(_, let left, let right), .and(let left, let right), .or(let left, let right): [left, right]
        case .compare(let first, let rest): [first] + rest.map(\.operand)
        case .conditional(let test, let then, let otherwise): [then, test] + [otherwise].compactMap(\.self)
        }
    }
}

/// Looks whether any of some names is read in a macro's body, nested macros apart.
struct NameFinder {
    let ids: Set<Int>
    var found: Set<Int> = []

    mutating func visit(_ macro: Macro) {
        for parameter in macro.parameters {
            if let fallback = parameter.fallback { visit(fallback) }
        }
        visit(macro.body)
    }

    private mutating func visit(_ expression: Expression) {
        if case .name(let name) = expression.kind, ids.contains(name.id) { found.insert(name.id) }
        for child in expression.children { visit(child) }
    }

    private mutating func visit(_ filters: [FilterCall]) {
        for filter in filters { filter.arguments.expressions.forEach { visit($0) } }
    }

    private mutating func visit(_ body: [Statement]) {
        for statement in body {
            switch statement {
            case .text: break
            case .output(let value), .set(_, let value): visit(value)
            case .branch(let branches, let otherwise):
                for branch in branches {
                    visit(branch.test)
                    visit(branch.body)
                }
                visit(otherwise)
            case .loop(let loop):
                visit(loop.source)
                if let filter = loop.filter { visit(filter) }
                visit(loop.body)
                visit(loop.otherwise)
            case .setBlock(_, let filters, let inner), .filterBlock(let filters, let inner):
                visit(filters)
                visit(inner)
            case .macro: break
            case .callBlock(_, let call): visit(call)
            case .with(let pairs, let inner):
                pairs.forEach { visit($0.value) }
                visit(inner)
            }
        }
    }
}
