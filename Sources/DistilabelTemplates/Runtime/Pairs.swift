/// The contents of a dictionary, in the order of insertion.
struct Pairs {
    private(set) var keys: [Object] = []
    private(set) var values: [Object] = []
    private(set) var nesting = Nesting()
    /// Where each key is; kept only from the size at which looking through the keys costs more.
    private var places: [Object: Int] = [:]
    private static let indexedFrom = 12

    init() {}

    /// Takes keys that are all different.
    init(keys: [Object], values: [Object]) throws(TemplateError) {
        self.keys = keys
        self.values = values
        nesting = try Nesting(of: values)
        indexIfLarge()
    }

    /// Sets keys one after the other.
    init(_ pairs: [(key: Object, value: Object)]) throws(TemplateError) {
        for pair in pairs { try set(pair.key, to: pair.value) }
    }

    private mutating func indexIfLarge() {
        guard keys.count >= Self.indexedFrom, places.isEmpty else { return }
        for (place, key) in keys.enumerated() { places[key] = place }
    }

    private func place(of key: Object) -> Int? {
        places.isEmpty ? keys.firstIndex(of: key) : places[key]
    }

    subscript(key: Object) -> Object? { place(of: key).map { values[$0] } }

    subscript(text: String) -> Object? { self[.string(text)] }

    mutating func set(_ key: Object, to value: Object) throws(TemplateError) {
        guard key.isHashable else {
            throw TemplateError(.type, "\(key.typeName) cannot be a dictionary's key: use a text or a number")
        }
        try nesting.add(key)
        try nesting.add(value)
        if let place = place(of: key) {
            values[place] = value
        } else {
            if !places.isEmpty { places[key] = keys.count }
            keys.append(key)
            values.append(value)
            indexIfLarge()
        }
    }
}

extension Object {
    /// Whether Python would take the value as a dictionary's key.
    var isHashable: Bool {
        switch self {
        case .list, .dict, .view: false
        case .tuple(let items): items.values.allSatisfy(\.isHashable)
        default: true
        }
    }
}
