/// Finds what a template reads from outside, and functions and methods that cannot exist.
struct Analysis {
    private var free: [Int: (name: Name, position: Position)] = [:]
    /// The names set so far, from the outermost block inwards.
    private var frames: [Set<Int>] = [[]]
    /// The names that are set anywhere.
    private var everSet: Set<Int> = []
    private var macroNames: [String] = []
    private var calls: [(name: Name, position: Position)] = []

    /// The names read from outside, functions included: a value of that name would hide the function.
    var reads: [Name] { ordered.map(\.name) }

    /// The names read from outside that are no functions.
    var variables: [String] { ordered.map(\.name.text).filter { GlobalFunction(rawValue: $0) == nil } }

    private var ordered: [(name: Name, position: Position)] {
        free.values.sorted { ($0.position.line, $0.position.column) < ($1.position.line, $1.position.column) }
    }

    mutating func run(_ body: [Statement]) throws(TemplateError) {
        try visit(body)
        for (name, position) in calls where !everSet.contains(name.id) && GlobalFunction(rawValue: name.text) == nil {
            throw TemplateError(
                .unknownFunction,
                "there is no function or macro '\(name.text)'"
                    + suggestion(for: name.text, among: GlobalFunction.allCases.map(\.rawValue) + macroNames),
                at: position)
        }
    }

    // MARK: Names

    private mutating func read(_ name: Name, at position: Position) {
        if frames.contains(where: { $0.contains(name.id) }) { return }
        if let known = free[name.id]?.position,
            (known.line, known.column) <= (position.line, position.column)
        {
            return
        }
        free[name.id] = (name, position)
    }

    private mutating func set(_ name: Name) {
        frames[frames.count - 1].insert(name.id)
        everSet.insert(name.id)
    }

    private mutating func set(_ target: Target) {
        switch target {
        case .name(let name): set(name)
        case .tuple(let targets, _): targets.forEach { set($0) }
        case .attribute(let name, _, let position): read(name, at: position)
        }
    }

    private mutating func framed(
        _ body: (inout Analysis) throws(TemplateError) -> Void
    ) throws(TemplateError) {
        frames.append([])
        try body(&self)
        frames.removeLast()
    }

    // MARK: Statements

    private mutating func visit(_ body: [Statement]) throws(TemplateError) {
        // A macro sees what its block sets, even further down, so macros come last.
        var macros: [Macro] = []
        for statement in body {
            switch statement {
            case .text: break
            case .output(let value): try visit(value)
            case .set(let target, let value):
                try visit(value)
                set(target)
            case .branch(let branches, let otherwise): try visit(branches, otherwise)
            case .loop(let loop): try visit(loop)
            case .setBlock(let target, let filters, let inner):
                try framed { (analysis) throws(TemplateError) in try analysis.visit(inner) }
                try visit(filters)
                set(target)
            case .macro(let macro):
                if let name = macro.name {
                    set(name)
                    macroNames.append(name.text)
                }
                macros.append(macro)
            case .callBlock(let macro, let call):
                try visit(call)
                try visit(macro)
            case .filterBlock(let filters, let inner):
                try visit(filters)
                try framed { (analysis) throws(TemplateError) in try analysis.visit(inner) }
            case .with(let pairs, let inner):
                for pair in pairs { try visit(pair.value) }
                try framed { (analysis) throws(TemplateError) in
                    pairs.forEach { analysis.set($0.target) }
                    try analysis.visit(inner)
                }
            }
        }
        for macro in macros { try visit(macro) }
    }

    private mutating func visit(
        _ branches: [(test: Expression, body: [Statement])], _ otherwise: [Statement]
    ) throws(TemplateError) {
        let before = frames[frames.count - 1]
        var common: Set<Int>?
        for branch in branches {
            try visit(branch.test)
            try visit(branch.body)
            common = common?.intersection(frames[frames.count - 1]) ?? frames[frames.count - 1]
            frames[frames.count - 1] = before
        }
        try visit(otherwise)
        frames[frames.count - 1].formIntersection(common ?? [])
    }

    private mutating func visit(_ loop: Loop) throws(TemplateError) {
        try visit(loop.source)
        if let filter = loop.filter {
            try framed { (analysis) throws(TemplateError) in
                analysis.set(loop.target)
                try analysis.visit(filter)
            }
        }
        try framed { (analysis) throws(TemplateError) in
            analysis.set(loop.target)
            analysis.set(loop.variable)
            try analysis.visit(loop.body)
        }
        try framed { (analysis) throws(TemplateError) in try analysis.visit(loop.otherwise) }
    }

    private mutating func visit(_ macro: Macro) throws(TemplateError) {
        try framed { (analysis) throws(TemplateError) in
            for parameter in macro.parameters {
                analysis.set(parameter.name)
                if let fallback = parameter.fallback { try analysis.visit(fallback) }
            }
            for special in [macro.caller, macro.rest, macro.namedRest].compactMap(\.self) { analysis.set(special) }
            try analysis.visit(macro.body)
        }
    }

    // MARK: Expressions

    private mutating func visit(_ filters: [FilterCall]) throws(TemplateError) {
        for filter in filters {
            for argument in filter.arguments.expressions { try visit(argument) }
        }
    }

    private mutating func visit(_ expression: Expression) throws(TemplateError) {
        switch expression.kind {
        case .name(let name): read(name, at: expression.position)
        case .call(let callee, _): try checkCall(callee)
        case .attribute(_, let name):
            if name.hasPrefix("__") {
                throw TemplateError(
                    .unsupported, "'\(name)' reaches into Python and is not supported in prompts",
                    at: expression.position)
            }
        default: break
        }
        for child in expression.children { try visit(child) }
    }

    private mutating func checkCall(_ callee: Expression) throws(TemplateError) {
        switch callee.kind {
        case .name(let name): calls.append((name, callee.position))
        case .attribute(_, let name):
            if Methods.names.contains(name) { return }
            throw TemplateError(
                .unknownMethod, "there is no method '\(name)'" + suggestion(for: name, among: Methods.names),
                at: callee.position)
        default: break
        }
    }
}
