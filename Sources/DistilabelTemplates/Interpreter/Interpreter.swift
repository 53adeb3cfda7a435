/// Runs one template once.
final class Interpreter {
    let limits: RenderLimits
    /// The values of the names that the template reads from outside, by the names' numbers.
    let context: [Int: Object]
    var output = ""
    var scope = Scope(parent: nil)
    private var steps = 0
    private var depth = 0
    /// Every macro made, whose scopes are let go at the end: a scope holds the macro that holds the scope.
    var macros: [MacroValue] = []

    init(context: [Int: Object], limits: RenderLimits) {
        self.context = context
        self.limits = limits
    }

    func run(_ body: [Statement]) throws(TemplateError) -> String {
        defer { for macro in macros { macro.scope = nil } }
        try execute(body)
        return output
    }

    // MARK: Limits

    /// Counts work against the limit.
    func charge(_ count: Int) throws(TemplateError) {
        guard count <= limits.maximumSteps - steps else {
            throw TemplateError(
                .limit, "rendering takes more than \(limits.maximumSteps) steps: loop less, or raise maximumSteps")
        }
        steps += count
    }

    /// Counts a text that is about to be made.
    func chargeText(_ bytes: Int) throws(TemplateError) {
        guard bytes <= limits.maximumOutputBytes else {
            throw TemplateError(
                .limit,
                "a text would have more than \(limits.maximumOutputBytes) bytes: write less, or raise "
                    + "maximumOutputBytes")
        }
        try charge(bytes / 16)
    }

    /// Counts what is added to a text that grows to `bytes`.
    func chargeText(_ bytes: Int, adding added: Int) throws(TemplateError) {
        guard bytes <= limits.maximumOutputBytes else { return try chargeText(bytes) }
        try charge(added / 16)
    }

    func enter() throws(TemplateError) {
        depth += 1
        guard depth <= limits.maximumDepth else {
            throw TemplateError(
                .limit, "evaluation nests deeper than \(limits.maximumDepth) levels: does a macro call itself for ever?"
            )
        }
    }

    func leave() {
        depth -= 1
    }

    func write(_ text: String) throws(TemplateError) {
        guard text.utf8.count <= limits.maximumOutputBytes - output.utf8.count else {
            throw TemplateError(
                .limit,
                "the output has more than \(limits.maximumOutputBytes) bytes: write less, or raise maximumOutputBytes")
        }
        output += text
    }

    // MARK: Names

    func value(of name: Name) -> Object {
        if let value = scope.value(of: name) ?? context[name.id] { return value }
        if let function = GlobalFunction(rawValue: name.text) { return .function(function) }
        return .undefined("'\(name.text)' is undefined")
    }

    /// Does something in a new scope.
    func scoped(in parent: Scope? = nil, _ body: (Scope) throws(TemplateError) -> Void) throws(TemplateError) {
        let outer = scope
        defer { scope = outer }
        scope = Scope(parent: parent ?? outer)
        try body(scope)
    }

    /// What statements write.
    func captured(_ body: () throws(TemplateError) -> Void) throws(TemplateError) -> String {
        let outer = output
        defer { output = outer }
        output = ""
        try body()
        return output
    }
}
