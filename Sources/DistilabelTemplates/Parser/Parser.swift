/// Makes statements of tokens, by Jinja's grammar.
struct Parser {
    /// How deep brackets and blocks may nest, and how deep an expression's tree may be.
    static let maximumNesting = 60
    static let maximumDepth = 120

    let tokens: [Token]
    var index = 0
    var nesting = 0
    var names: [String: Name] = [:]
    /// The tags that would end the open blocks, for messages.
    var openBlocks: [(tag: String, position: Position)] = []

    init(_ tokens: [Token]) {
        self.tokens = tokens
    }

    /// The whole template.
    mutating func parseTemplate() throws(TemplateError) -> [Statement] {
        let body = try parseBody(until: [])
        return body
    }

    // MARK: Tokens

    var current: Token { tokens[index] }

    var next: Token { tokens[min(index + 1, tokens.count - 1)] }

    mutating func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    func at(_ symbol: Symbol) -> Bool { current.kind == .symbol(symbol) }

    func at(keyword: String) -> Bool { current.kind == .name(keyword) }

    mutating func skip(_ symbol: Symbol) -> Bool {
        guard at(symbol) else { return false }
        advance()
        return true
    }

    mutating func skip(keyword: String) -> Bool {
        guard at(keyword: keyword) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: Symbol) throws(TemplateError) {
        guard skip(symbol) else { throw unexpected(wanted: "'\(symbol.rawValue)'") }
    }

    mutating func expect(keyword: String) throws(TemplateError) {
        guard skip(keyword: keyword) else { throw unexpected(wanted: "'\(keyword)'") }
    }

    mutating func expectName() throws(TemplateError) -> String {
        guard case .name(let name) = current.kind else { throw unexpected(wanted: "a name") }
        advance()
        return name
    }

    mutating func expectEndOfTag() throws(TemplateError) {
        guard current.kind == .blockEnd else { throw unexpected(wanted: "'%}'") }
        advance()
    }

    func unexpected(wanted: String) -> TemplateError {
        error("expected \(wanted), found \(current.description)")
    }

    func error(_ message: String, at position: Position? = nil) -> TemplateError {
        TemplateError(.syntax, message, at: position ?? current.position)
    }

    // MARK: Bounds

    mutating func enter() throws(TemplateError) {
        nesting += 1
        if nesting > Self.maximumNesting {
            throw TemplateError(
                .limit, "nested deeper than \(Self.maximumNesting) levels: set parts of it first", at: current.position)
        }
    }

    mutating func leave() {
        nesting -= 1
    }

    /// A node over others, unless that makes the tree too deep.
    func node(
        _ kind: Expression.Kind, at position: Position, over children: [Expression]
    ) throws(TemplateError) -> Expression {
        let depth = 1 + (children.lazy.map(\.depth).max() ?? 0)
        if depth > Self.maximumDepth {
            throw TemplateError(
                .limit, "the expression chains more than \(Self.maximumDepth) operations: set parts of it first",
                at: position)
        }
        return Expression(kind: kind, position: position, depth: depth)
    }

    mutating func intern(_ text: String) -> Name {
        if let name = names[text] { return name }
        let name = Name(id: names.count, text: text)
        names[text] = name
        return name
    }
}
