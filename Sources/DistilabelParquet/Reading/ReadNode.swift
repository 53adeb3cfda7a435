/// A node of a file's schema as the assembler walks it: levels worked out, meaning settled.
@usableFromInline
final class ReadNode: Sendable {
    @usableFromInline
    enum Kind: Sendable {
        case leaf, list, structure
    }

    @usableFromInline let name: String
    @usableFromInline let kind: Kind
    @usableFromInline let type: ParquetType
    /// The definition level from which on this node holds something.
    @usableFromInline let definition: UInt8
    /// For a list: the repetition level of all elements but the first.
    @usableFromInline let repetition: UInt8
    /// The fields of a struct, or the element of a list.
    @usableFromInline let children: [ReadNode]
    /// The names of ``children``.
    @usableFromInline let names: [String]
    /// The leaves at or below this node, by their place in the file.
    @usableFromInline let leaves: Range<Int>

    init(
        name: String, kind: Kind, type: ParquetType, definition: UInt8, repetition: UInt8, children: [ReadNode],
        leaves: Range<Int>
    ) {
        self.name = name
        self.kind = kind
        self.type = type
        self.definition = definition
        self.repetition = repetition
        self.children = children
        names = children.map(\.name)
        self.leaves = leaves
    }

    /// The first part of the node that this module does not read, in words; nil where it reads all of it.
    var obstacle: String? {
        if case .unsupported(let what) = type { return "\(name) is of the type \(what)" }
        for child in children {
            if let found = child.obstacle { return "\(name).\(found)" }
        }
        return nil
    }
}

/// A leaf column of a file.
struct LeafPlan: Sendable {
    /// How its values become cells.
    enum Reading: Hashable, Sendable {
        case null, bool, int, unsigned32, float, string, bytes, unsupported
        case unsigned64, float16, date, int96, uuid, interval
        case time(ParquetTimeUnit)
        case timestamp(ParquetTimeUnit, isUTC: Bool)
        case decimal(scale: Int)

        /// Whether values mean more than what they are kept as.
        var isScalar: Bool {
            switch self {
            case .null, .bool, .int, .unsigned32, .float, .string, .bytes, .unsupported: false
            default: true
            }
        }
    }

    var path: [String]
    var physical: PhysicalType
    /// The bytes of a value, where they are the same for all; else 0.
    var width: Int
    var reading: Reading
    var maximumDefinition: UInt8
    var maximumRepetition: UInt8

    var name: String { path.joined(separator: ".") }
}
