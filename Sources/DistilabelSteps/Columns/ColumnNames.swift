public import DistilabelValues

/// Names of columns, and for each the name of a new one: in files a list of names, or an object of names and new names.
public struct ColumnNames: Sendable, Hashable, Codable, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
    ParameterTypeNaming
{
    /// The names and the new ones, in order.
    public var pairs: [(name: String, new: String)] { zip(names, newNames).map { ($0, $1) } }
    private var names: [String]
    private var newNames: [String]

    /// Makes names that stay as they are.
    public init(arrayLiteral elements: String...) { self.init(elements.map { ($0, $0) }) }
    /// Makes names with new ones.
    public init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }
    /// Makes names with new ones.
    public init(_ pairs: [(String, String)]) {
        names = pairs.map(\.0)
        newNames = pairs.map(\.1)
    }

    /// Reads a name, a list or an object.
    public init(from decoder: any Decoder) throws {
        switch try DistilabelValues.Value(from: decoder) {
        case .string(let name): self.init([(name, name)])
        case .array(let values) where values.allSatisfy({ $0.stringValue != nil }):
            self.init(values.compactMap { $0.stringValue.map { ($0, $0) } })
        case .object(let object) where object.values.allSatisfy({ $0.stringValue != nil || $0.isNull }):
            self.init(object.map { ($0, $1.stringValue ?? $0) })
        case let other:
            throw ValueCodingError(
                code: .typeMismatch, path: "",
                message: "it must be a list of columns or an object `{column: new column}`, not \(other.kindName)")
        }
    }

    /// Writes an object.
    public func encode(to encoder: any Encoder) throws {
        try DistilabelValues.Value.object(.init(pairs.map { ($0.name, .string($0.new)) }) { $1 }).encode(to: encoder)
    }

    /// How the parameter table calls it.
    public static var parameterTypeName: String { "list of string, or object of string" }
}
