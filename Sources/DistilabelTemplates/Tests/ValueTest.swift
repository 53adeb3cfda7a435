/// A test: what stands after `is`.
struct ValueTest: Sendable {
    typealias Body = @Sendable (Interpreter, Object, BoundArguments) throws(TemplateError) -> Bool

    let name: String
    let signature: Signature
    let apply: Body

    init(_ name: String, _ parameters: [String] = [], _ apply: @escaping Body) {
        self.name = name
        signature = Signature(parameters, required: parameters.count)
        self.apply = apply
    }

    /// All tests by name.
    static let all: [String: ValueTest] = Dictionary((kinds + texts + comparisons).map { ($0.name, $0) }) { a, _ in a }

    static func named(_ name: String, at position: Position? = nil) throws(TemplateError) -> ValueTest {
        if let test = all[name] { return test }
        throw TemplateError(
            .unknownTest, "there is no test '\(name)'" + suggestion(for: name, among: all.keys), at: position)
    }

    private static let kinds: [ValueTest] = [
        ValueTest("defined") { _, value, _ in !value.isUndefined },
        ValueTest("undefined") { _, value, _ in value.isUndefined },
        ValueTest("none") { _, value, _ in if case .none = value { true } else { false } },
        ValueTest("boolean") { _, value, _ in if case .bool = value { true } else { false } },
        ValueTest("true") { _, value, _ in if case .bool(true) = value { true } else { false } },
        ValueTest("false") { _, value, _ in if case .bool(false) = value { true } else { false } },
        ValueTest("integer") { _, value, _ in if case .int = value { true } else { false } },
        ValueTest("float") { _, value, _ in if case .double = value { true } else { false } },
        ValueTest("number") { _, value, _ in Number(value) != nil },
        ValueTest("string") { _, value, _ in value.text != nil },
        ValueTest("mapping") { _, value, _ in if case .dict = value { true } else { false } },
        ValueTest("sequence") { _, value, _ in
            switch value {
            case .string, .markup, .list, .tuple, .dict, .range, .undefined: true
            default: false
            }
        },
        ValueTest("iterable") { _, value, _ in
            switch value {
            case .string, .markup, .list, .tuple, .dict, .range, .undefined, .view, .lazy, .loop: true
            default: false
            }
        },
        ValueTest("callable") { _, value, _ in
            switch value {
            case .macro, .function, .method, .loop, .undefined: true
            default: false
            }
        },
        ValueTest("escaped") { interpreter, value, _ in interpreter.isMarkup(value) },
    ]

    private static let texts: [ValueTest] = [
        ValueTest("upper") { (interpreter, value, _) throws(TemplateError) in
            try interpreter.printedText(value).isAll(upper: true)
        },
        ValueTest("lower") { (interpreter, value, _) throws(TemplateError) in
            try interpreter.printedText(value).isAll(upper: false)
        },
        ValueTest("filter") { _, value, _ in value.text.map { Filter.all[$0] != nil } ?? false },
        ValueTest("test") { _, value, _ in value.text.map { all[$0] != nil } ?? false },
    ]

    private static let comparisons: [ValueTest] =
        [
            ValueTest("even") { (interpreter, value, _) throws(TemplateError) in
                try interpreter.apply(.modulo, number(value, interpreter), .int(2)) == .int(0)
            },
            ValueTest("odd") { (interpreter, value, _) throws(TemplateError) in
                try interpreter.apply(.modulo, number(value, interpreter), .int(2)) == .int(1)
            },
            ValueTest("divisibleby", ["num"]) { (interpreter, value, arguments) throws(TemplateError) in
                try interpreter.apply(.modulo, number(value, interpreter), arguments[0] ?? .int(1)) == .int(0)
            },
            ValueTest("in", ["seq"]) { (interpreter, value, arguments) throws(TemplateError) in
                try interpreter.contains(arguments[0] ?? .none, value)
            },
            ValueTest("sameas", ["other"]) { (_, value, arguments) throws(TemplateError) in
                try isSame(value, arguments[0] ?? .none)
            },
        ]
        + [
            ("==", .equal), ("eq", .equal), ("equalto", .equal), ("!=", .notEqual), ("ne", .notEqual),
            (">", .greater), ("gt", .greater), ("greaterthan", .greater), (">=", .greaterEqual),
            ("ge", .greaterEqual), ("<", .less), ("lt", .less), ("lessthan", .less), ("<=", .lessEqual),
            ("le", .lessEqual),
        ].map { (name: String, operation: ComparisonOperator) in
            ValueTest(name, ["other"]) { (interpreter, value, arguments) throws(TemplateError) in
                try interpreter.compare(operation, value, arguments[0] ?? .none)
            }
        }

    /// A text would be taken for a format by `%`.
    private static func number(_ value: Object, _ interpreter: Interpreter) throws(TemplateError) -> Object {
        if case .undefined(let reason) = value { throw interpreter.undefinedError(reason) }
        guard Number(value) != nil else { throw TemplateError(.type, "the test takes a number, not \(value.typeName)") }
        return value
    }

    /// Identity, where a template can rely on it: constants.
    private static func isSame(_ left: Object, _ right: Object) throws(TemplateError) -> Bool {
        switch (left, right) {
        case (.none, .none): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.none, _), (_, .none), (.bool, _), (_, .bool): return false
        default: throw TemplateError(.unsupported, "'sameas' compares only with true, false and none: use '=='")
        }
    }
}
