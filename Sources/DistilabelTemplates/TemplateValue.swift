/// A value that a template reads: the JSON kinds, with integers apart from floating-point numbers.
///
/// Texts are compared and counted by Unicode scalars inside a template, as in Python.
public indirect enum TemplateValue: Sendable, Hashable {
    /// No value: prints as nothing, is false, and cannot be used otherwise.
    case undefined
    /// Python's `None`.
    case none
    /// A truth value.
    case bool(Bool)
    /// An integer of 64 bits.
    case int(Int)
    /// A floating-point number.
    case double(Double)
    /// A text.
    case string(String)
    /// A list.
    case list([TemplateValue])
    /// A dictionary with texts as keys, in the order in which they were put in.
    case dict(TemplateDictionary)
}

extension TemplateValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// Creates a text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// Creates an integer.
    public init(integerLiteral value: Int) { self = .int(value) }
    /// Creates a floating-point number.
    public init(floatLiteral value: Double) { self = .double(value) }
    /// Creates a truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    /// Creates `none`.
    public init(nilLiteral: ()) { self = .none }
    /// Creates a list.
    public init(arrayLiteral elements: TemplateValue...) { self = .list(elements) }
    /// Creates a dictionary.
    public init(dictionaryLiteral elements: (String, TemplateValue)...) {
        self = .dict(TemplateDictionary(elements))
    }
}

/// A small dictionary that keeps the order of its keys.
public struct TemplateDictionary: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// The keys, in order.
    public private(set) var keys: [String]
    /// The values, in the order of ``keys``.
    public private(set) var values: [TemplateValue]

    /// Creates an empty dictionary.
    public init() {
        keys = []
        values = []
    }

    /// Creates a dictionary; of a key that comes twice the first place and the last value stay, as in Python.
    public init(_ pairs: some Sequence<(String, TemplateValue)>) {
        self.init()
        var places: [String: Int] = [:]
        for (key, value) in pairs {
            if let place = places[key] {
                values[place] = value
            } else {
                places[key] = keys.count
                keys.append(key)
                values.append(value)
            }
        }
    }

    /// Creates a dictionary.
    public init(dictionaryLiteral elements: (String, TemplateValue)...) {
        self.init(elements)
    }

    /// The number of keys.
    public var count: Int { keys.count }

    /// The value of a key, or nil; setting nil takes the key out.
    ///
    /// Takes time in proportion to ``count``.
    public subscript(key: String) -> TemplateValue? {
        get { keys.firstIndex(of: key).map { values[$0] } }
        set {
            switch (keys.firstIndex(of: key), newValue) {
            case (let place?, let value?): values[place] = value
            case (let place?, nil):
                keys.remove(at: place)
                values.remove(at: place)
            case (nil, let value?):
                keys.append(key)
                values.append(value)
            case (nil, nil): break
            }
        }
    }
}
