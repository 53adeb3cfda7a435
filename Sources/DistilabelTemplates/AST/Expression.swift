/// A name in a template with its number, so that scopes need not compare texts.
struct Name: Sendable, Hashable {
    var id: Int
    var text: String
}

/// A piece of a template that has a value.
struct Expression: Sendable {
    indirect enum Kind: Sendable {
        case none
        case bool(Bool)
        case int(Int)
        case double(Double)
        case string(String)
        case name(Name)
        case list([Expression])
        case tuple([Expression])
        case dict([(key: Expression, value: Expression)])
        case attribute(Expression, String)
        case item(Expression, Expression)
        case slice(Expression, start: Expression?, stop: Expression?, step: Expression?)
        case call(Expression, CallArguments)
        case filter(Expression, FilterCall)
        case test(Expression, TestCall)
        case not(Expression)
        case negative(Expression)
        case positive(Expression)
        case binary(BinaryOperator, Expression, Expression)
        case and(Expression, Expression)
        case or(Expression, Expression)
        case compare(Expression, [(operation: ComparisonOperator, operand: Expression)])
        case concat([Expression])
        case conditional(test: Expression, then: Expression, otherwise: Expression?)
    }

    var kind: Kind
    var position: Position
    /// How deep the tree below is, this node included; the parser bounds it so that no walk overflows the stack.
    var depth = 1
}

/// An arithmetic operator.
enum BinaryOperator: String, Sendable {
    case add = "+", subtract = "-", multiply = "*", divide = "/", floorDivide = "//", modulo = "%", power = "**"
}

/// An operator that compares; comparisons chain as in Python.
enum ComparisonOperator: String, Sendable {
    case equal = "==", notEqual = "!=", less = "<", lessEqual = "<=", greater = ">", greaterEqual = ">="
    case contained = "in", notContained = "not in"
}

/// The arguments at a call, filter or test.
struct CallArguments: Sendable {
    var positional: [Expression] = []
    var named: [(name: String, value: Expression)] = []
    var spread: Expression?
    var spreadNamed: Expression?
}

/// A filter with its arguments.
struct FilterCall: Sendable {
    var filter: Filter
    var arguments: CallArguments
    var position: Position
}

/// A test with its arguments.
struct TestCall: Sendable {
    var test: ValueTest
    var arguments: CallArguments
    var isNegated: Bool
}
