internal import DistilabelValues

/// Names of columns: in files a name, or a list of names.
public struct ColumnList: Sendable, Hashable, Codable, ExpressibleByArrayLiteral, ExpressibleByStringLiteral {
    /// The names, in order.
    public var names: [String]

    /// Makes a list of names.
    public init(_ names: [String]) { self.names = names }
    /// Makes a list of names.
    public init(arrayLiteral elements: String...) { self.init(elements) }
    /// Makes a list of one name.
    public init(stringLiteral value: String) { self.init([value]) }

    /// Reads a name or a list.
    public init(from decoder: any Decoder) throws {
        switch try Value(from: decoder) {
        case .string(let name): self.init([name])
        case .array(let values) where values.allSatisfy({ $0.stringValue != nil }):
            self.init(values.compactMap(\.stringValue))
        case let other:
            throw ValueCodingError(
                code: .typeMismatch, path: "",
                message: "it must be a column's name or a list of them, not \(other.kindName)")
        }
    }

    /// Writes a list.
    public func encode(to encoder: any Encoder) throws { try names.encode(to: encoder) }
}
