/// A value while a template renders: ``TemplateValue`` and what exists only inside (tuples, ranges, macros, methods).
///
/// Lists and dictionaries never change once made, so no value can contain itself.
enum Object {
    /// No value, with what to say when it is used.
    case undefined(String)
    case none
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    /// A text that `safe`, `escape` or `tojson` marked: what is added to it is escaped for HTML, as in Python.
    case markup(String)
    case list(Items)
    case tuple(Items)
    case dict(Pairs)
    case view(DictionaryView)
    case range(IntegerRange)
    /// A sequence that can be read once, such as the result of `map`.
    case lazy(LazyItems)
    case namespace(Namespace)
    case macro(MacroValue)
    case loop(LoopState)
    case method(Method)
    case function(GlobalFunction)
}

/// The elements of a list or tuple, with how deep they nest.
struct Items {
    let values: [Object]
    let nesting: Nesting
    /// The names of the elements, for the pairs that `groupby` gives.
    var fields: [String] = []

    /// The deepest nesting of lists and dictionaries that a template may make or read.
    static let maximumDepth = 100

    init(_ values: [Object]) throws(TemplateError) {
        self.values = values
        nesting = try Nesting(of: values)
    }

    init() {
        values = []
        nesting = Nesting()
    }
}

/// How deep a container is and how many values are in it at all levels.
///
/// The same list may stand in many places, so
/// walking a small value could otherwise take for ever.
struct Nesting {
    private(set) var depth = 1
    private(set) var weight = 1

    /// The most values, at all levels, that one value may have.
    static let maximumWeight = 20_000_000

    init() {}

    init(of values: [Object]) throws(TemplateError) {
        for value in values { try add(value) }
    }

    mutating func add(_ value: Object) throws(TemplateError) {
        weight += 1
        switch value {
        case .namespace, .macro, .loop, .method, .function:
            throw TemplateError(
                .type, "\(value.typeName) cannot be put into a list, dictionary or namespace: keep it in a name")
        default: break
        }
        if let inner = value.nesting {
            depth = max(depth, inner.depth + 1)
            weight += inner.weight
        }
        guard depth <= Items.maximumDepth else {
            throw TemplateError(.limit, "lists and dictionaries nest deeper than \(Items.maximumDepth) levels")
        }
        guard weight <= Self.maximumWeight else {
            throw TemplateError(.limit, "a list or dictionary has more than \(Self.maximumWeight) values at all levels")
        }
    }
}

extension Object {
    /// The nesting of a container, nil for other values.
    var nesting: Nesting? {
        switch self {
        case .list(let items), .tuple(let items): items.nesting
        case .dict(let pairs): pairs.nesting
        case .view(let view): view.pairs.nesting
        case .lazy(let items): items.nesting
        case .namespace(let namespace): namespace.pairs.nesting
        default: nil
        }
    }

    /// About how many values a walk through this one meets.
    var weight: Int { nesting?.weight ?? 1 }
}

/// The `keys()`, `values()` or `items()` of a dictionary.
struct DictionaryView {
    enum Kind: String { case keys, values, items }
    var kind: Kind
    var pairs: Pairs
}

/// Python's `range`.
struct IntegerRange: Hashable {
    var start: Int
    var stop: Int
    var step: Int

    var count: Int {
        if step > 0 {
            guard stop > start else { return 0 }
            let (distance, overflows) = stop.subtractingReportingOverflow(start)
            return overflows ? Int.max : (distance - 1) / step + 1
        }
        guard stop < start, step != Int.min else { return 0 }
        let (distance, overflows) = start.subtractingReportingOverflow(stop)
        return overflows ? Int.max : (distance - 1) / -step + 1
    }

    func value(at index: Int) -> Int { start &+ index &* step }
}

/// A sequence that is read once; its elements are there from the start, only the place moves.
final class LazyItems {
    let items: [Object]
    let nesting: Nesting
    let origin: String
    var next = 0

    init(_ items: [Object], from origin: String) throws(TemplateError) {
        self.items = items
        self.origin = origin
        nesting = try Nesting(of: items)
    }

    func takeRest() -> [Object] {
        defer { next = items.count }
        return Array(items[next...])
    }
}

/// What `namespace()` makes: attributes that blocks further in can set.
final class Namespace {
    var pairs = Pairs()
}

/// A macro with the scope in which it was defined.
final class MacroValue {
    let macro: Macro
    /// Let go when the rendering ends.
    var scope: Scope?

    init(_ macro: Macro, in scope: Scope) {
        self.macro = macro
        self.scope = scope
    }
}

/// A method together with the value it belongs to.
final class Method {
    let base: Object
    let name: String

    init(_ base: Object, _ name: String) {
        self.base = base
        self.name = name
    }
}

extension Object {
    /// The kind's name in Python, for messages.
    var typeName: String {
        switch self {
        case .undefined: "an undefined value"
        case .none: "None"
        case .bool: "a bool"
        case .int: "an int"
        case .double: "a float"
        case .string, .markup: "a str"
        case .list: "a list"
        case .tuple: "a tuple"
        case .dict: "a dict"
        case .view(let view): "a dict's \(view.kind.rawValue)()"
        case .range: "a range"
        case .lazy(let items): "the lazy result of '\(items.origin)'"
        case .namespace: "a namespace"
        case .macro: "a macro"
        case .loop: "the loop"
        case .method(let method): "the method '\(method.name)'"
        case .function: "a function"
        }
    }

    /// The text when this is one.
    var text: String? {
        switch self {
        case .string(let text), .markup(let text): text
        default: nil
        }
    }

    var isUndefined: Bool {
        if case .undefined = self { true } else { false }
    }

    /// Python's truth.
    var isTrue: Bool {
        switch self {
        case .undefined, .none: false
        case .bool(let value): value
        case .int(let value): value != 0
        case .double(let value): value != 0
        case .string(let text), .markup(let text): !text.isEmpty
        case .list(let items), .tuple(let items): !items.values.isEmpty
        case .dict(let pairs): !pairs.keys.isEmpty
        case .view(let view): !view.pairs.keys.isEmpty
        case .range(let range): range.count > 0
        case .lazy, .namespace, .macro, .method, .function: true
        case .loop: true
        }
    }

    /// Makes the value of a caller's value.
    init(_ value: TemplateValue, depth: Int = 1) throws(TemplateError) {
        guard depth <= Items.maximumDepth else {
            throw TemplateError(.limit, "lists and dictionaries nest deeper than \(Items.maximumDepth) levels")
        }
        switch value {
        case .undefined: self = .undefined("the value is undefined")
        case .none: self = .none
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .double(let value): self = .double(value)
        case .string(let value): self = .string(value)
        case .list(let values):
            var items: [Object] = []
            items.reserveCapacity(values.count)
            for value in values { items.append(try Object(value, depth: depth + 1)) }
            self = .list(try Items(items))
        case .dict(let dictionary):
            var items: [Object] = []
            items.reserveCapacity(dictionary.count)
            for value in dictionary.values { items.append(try Object(value, depth: depth + 1)) }
            self = .dict(try Pairs(keys: dictionary.keys.map { .string($0) }, values: items))
        }
    }
}
