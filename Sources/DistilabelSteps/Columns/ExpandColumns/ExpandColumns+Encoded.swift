public import DistilabelValues

extension ExpandColumns {
    /// Which columns are JSON texts.
    public enum Encoded: Sendable, Hashable, Codable, ParameterTypeNaming {
        /// All or none.
        case all(Bool)
        /// These.
        case some([String])

        /// Reads a truth value or a list.
        public init(from decoder: any Decoder) throws {
            switch try Value(from: decoder) {
            case .bool(let all): self = .all(all)
            case .array(let names) where names.allSatisfy({ $0.stringValue != nil }):
                self = .some(names.compactMap(\.stringValue))
            case let other:
                throw ValueCodingError(
                    code: .typeMismatch, path: "",
                    message: "it must be true, false or a list of columns, not \(other.kindName)")
            }
        }

        /// Writes a truth value or a list.
        public func encode(to encoder: any Encoder) throws {
            switch self {
            case .all(let all): try all.encode(to: encoder)
            case .some(let names): try names.encode(to: encoder)
            }
        }

        /// How the parameter table calls it.
        public static var parameterTypeName: String { "bool, or list of string" }
    }
}
