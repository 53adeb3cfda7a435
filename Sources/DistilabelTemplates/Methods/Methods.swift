/// The methods that values have.
enum Methods {
    typealias Body = @Sendable (Interpreter, Object, BoundArguments) throws(TemplateError) -> Object

    struct Entry: Sendable {
        var signature: Signature
        var body: Body

        init(_ parameters: [String] = [], required: Int = 0, rest: Bool = false, _ body: @escaping Body) {
            signature = Signature(parameters, required: required, takesRest: rest)
            self.body = body
        }
    }

    /// Every method's name, for checks before rendering.
    static let names: Set<String> = Set(StringMethods.all.keys)
        .union(dictionary.keys).union(sequence.keys).union(["cycle", "changed"])

    /// Methods of Python's values that prompts do without; the name of one is never taken for a missing attribute.
    private static let left: [String: Set<String>] = [
        "a str": ["encode", "expandtabs", "format_map", "isprintable", "maketrans", "translate"],
        "a list": ["append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort"],
        "a dict": ["clear", "fromkeys", "pop", "popitem", "setdefault", "update"],
        "an int": ["bit_count", "bit_length", "conjugate", "denominator", "imag", "numerator", "real", "to_bytes"],
        "a bool": ["bit_count", "bit_length", "conjugate", "denominator", "imag", "numerator", "real", "to_bytes"],
        "a float": ["as_integer_ratio", "conjugate", "fromhex", "hex", "imag", "is_integer", "real"],
    ]

    private static func table(of base: Object) -> [String: Entry] {
        switch base {
        case .string, .markup: StringMethods.all
        case .dict: dictionary
        case .list, .tuple: sequence
        default: [:]
        }
    }

    static func has(_ name: String, _ base: Object) -> Bool { table(of: base)[name] != nil }

    /// Throws when Python's value would have the attribute and ours has not.
    static func refuse(_ name: String, _ base: Object) throws(TemplateError) {
        guard left[base.typeName]?.contains(name) == true else { return }
        var mend = ""
        if case .list = base { mend = ": lists do not change here; make a new one, such as items + [item]" }
        if case .dict = base { mend = ": dictionaries do not change here; make a new one with dict(old, key=value)" }
        throw TemplateError(.unsupported, "'\(name)' of \(base.typeName) is not supported in prompts\(mend)")
    }

    static func call(
        _ method: Method, _ arguments: Arguments, _ interpreter: Interpreter
    ) throws(TemplateError) -> Object {
        guard let entry = table(of: method.base)[method.name] else {
            throw TemplateError(.unknownMethod, "\(method.base.typeName) has no method '\(method.name)'")
        }
        try interpreter.charge(1 + (method.base.text?.utf8.count ?? 0) / 16)
        let bound = try entry.signature.bind(arguments, of: "method '\(method.name)'")
        return try entry.body(interpreter, method.base, bound)
    }

    // MARK: Dictionaries and lists

    private static let dictionary: [String: Entry] = [
        "get": Entry(["key", "default"], required: 1) { (_, base, arguments) throws(TemplateError) in
            guard case .dict(let pairs) = base, let key = arguments[0] else { return .none }
            guard key.isHashable else { throw TemplateError(.type, "\(key.typeName) cannot be a key") }
            return pairs[key] ?? arguments[1] ?? .none
        },
        "keys": Entry { _, base, _ in view(.keys, base) },
        "values": Entry { _, base, _ in view(.values, base) },
        "items": Entry { _, base, _ in view(.items, base) },
        "copy": Entry { _, base, _ in base },
    ]

    private static func view(_ kind: DictionaryView.Kind, _ base: Object) -> Object {
        guard case .dict(let pairs) = base else { return .none }
        return .view(DictionaryView(kind: kind, pairs: pairs))
    }

    private static let sequence: [String: Entry] = [
        "index": Entry(["value", "start", "stop"], required: 1) {
            (interpreter, base, arguments) throws(TemplateError) in
            let values = try interpreter.elements(of: base)
            let count = values.count
            func place(_ bound: Int) -> Int { bound < 0 ? max(0, bound + count) : min(bound, count) }
            let start = place(try arguments.int(1, 0))
            let stop = max(start, place(try arguments.int(2, count)))
            guard let index = values[start..<stop].firstIndex(of: arguments[0] ?? .none) else {
                throw TemplateError(.value, "the value is not in the list: ask with 'in' before")
            }
            return .int(index)
        },
        "count": Entry(["value"], required: 1) { (interpreter, base, arguments) throws(TemplateError) in
            let wanted = arguments[0] ?? .none
            return .int(try interpreter.elements(of: base).count { $0 == wanted })
        },
        "copy": Entry { _, base, _ in base },
    ]
}
