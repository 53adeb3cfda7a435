/// A piece of a template's source.
struct Token: Sendable {
    enum Kind: Sendable, Hashable {
        case data(String)
        case variableBegin, variableEnd, blockBegin, blockEnd
        case name(String)
        case string(String)
        case integer(Int)
        case float(Double)
        case symbol(Symbol)
        case end
    }

    var kind: Kind
    var position: Position

    /// How the token is called in messages.
    var description: String {
        switch kind {
        case .data: "text"
        case .variableBegin: "'{{'"
        case .variableEnd: "'}}'"
        case .blockBegin: "'{%'"
        case .blockEnd: "'%}'"
        case .name(let name): "'\(name)'"
        case .string: "a string"
        case .integer, .float: "a number"
        case .symbol(let symbol): "'\(symbol.rawValue)'"
        case .end: "the end of the template"
        }
    }
}

/// An operator or a bracket inside a tag.
enum Symbol: String, Sendable, Hashable, CaseIterable {
    case power = "**", floorDivide = "//", equal = "==", notEqual = "!=", greaterEqual = ">=", lessEqual = "<="
    case add = "+", subtract = "-", divide = "/", multiply = "*", modulo = "%", tilde = "~"
    case openBracket = "[", closeBracket = "]", openParenthesis = "(", closeParenthesis = ")"
    case openBrace = "{", closeBrace = "}"
    case greater = ">", less = "<", assign = "=", dot = ".", colon = ":", pipe = "|", comma = ",", semicolon = ";"

    /// The bracket that closes this one.
    var closing: Symbol? {
        switch self {
        case .openBracket: .closeBracket
        case .openParenthesis: .closeParenthesis
        case .openBrace: .closeBrace
        default: nil
        }
    }

    var closes: Bool { self == .closeBracket || self == .closeParenthesis || self == .closeBrace }
}
