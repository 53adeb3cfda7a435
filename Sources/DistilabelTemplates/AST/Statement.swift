/// A piece of a template that writes or sets something.
enum Statement: Sendable {
    case text(String)
    case output(Expression)
    case branch([(test: Expression, body: [Statement])], otherwise: [Statement])
    case loop(Loop)
    case set(Target, Expression)
    case setBlock(Target, [FilterCall], [Statement])
    case macro(Macro)
    case callBlock(Macro, Expression)
    case filterBlock([FilterCall], [Statement])
    case with([(target: Target, value: Expression)], [Statement])
}

/// What an assignment writes to.
indirect enum Target: Sendable {
    case name(Name)
    case tuple([Target], Position)
    case attribute(Name, String, Position)
}

/// A `for` block.
struct Loop: Sendable {
    var target: Target
    var source: Expression
    var filter: Expression?
    var body: [Statement]
    var otherwise: [Statement]
    var variable: Name
}

/// A macro, or the body of a `call` block.
struct Macro: Sendable {
    struct Parameter: Sendable {
        var name: Name
        var fallback: Expression?
    }

    var name: Name?
    var parameters: [Parameter]
    var body: [Statement]
    /// The names under which the body sees what no parameter takes; nil when it does not ask.
    var caller: Name?
    var rest: Name?
    var namedRest: Name?
}
