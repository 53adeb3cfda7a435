/// A node of the schema as the shredder walks it: levels worked out, leaves at hand.
@usableFromInline
final class WriteNode {
    @usableFromInline
    enum Kind {
        case null, bool, int32, int64, float, double, string, bytes, list, structure
    }

    @usableFromInline let name: String
    @usableFromInline let kind: Kind
    /// The definition level of an entry where this node holds something.
    @usableFromInline let definition: UInt8
    /// For a list: the repetition level of all elements but the first.
    @usableFromInline let repetition: UInt8
    /// The fields of a struct, or the element of a list.
    @usableFromInline let children: [WriteNode]
    /// Every leaf at or below this node; for a leaf node, its own and no other.
    @usableFromInline let leaves: [LeafWriter]
    /// The name with those of its parents, for errors.
    @usableFromInline let path: String

    init(
        name: String, kind: Kind, definition: UInt8, repetition: UInt8, children: [WriteNode], leaves: [LeafWriter],
        path: String
    ) {
        self.name = name
        self.kind = kind
        self.definition = definition
        self.repetition = repetition
        self.children = children
        self.leaves = leaves
        self.path = path
    }
}

/// Makes the nodes of a schema, and its description for the footer, in one walk.
struct WriteTree {
    private(set) var elements: [SchemaElement] = []
    private(set) var columns: [WriteNode] = []
    private(set) var leaves: [LeafWriter] = []
    private let pageLimit: Int
    private let compressor: PageCompressor

    init(_ schema: ParquetSchema, pageLimit: Int, compressor: PageCompressor) throws {
        self.pageLimit = pageLimit
        self.compressor = compressor
        guard !schema.fields.isEmpty else {
            throw ParquetError(.schema, "a Parquet file needs at least one column")
        }
        try Self.checkNames(schema.fields, of: "the schema")
        var root = SchemaElement()
        root.name = "schema"
        root.childCount = Int32(clamping: schema.fields.count)
        elements.append(root)
        for field in schema.fields {
            columns.append(try node(field.name, field.type, path: [field.name], definition: 0, repetition: 0, depth: 1))
        }
    }

    private static func checkNames(_ fields: [ParquetField], of owner: String) throws {
        var seen: Set<String> = []
        for field in fields where !seen.insert(field.name).inserted {
            throw ParquetError(.schema, "\(owner) has two fields named \(field.name); rename one")
        }
    }

    private mutating func node(
        _ name: String, _ type: ParquetType, path: [String], definition: UInt8, repetition: UInt8, depth: Int
    ) throws -> WriteNode {
        let label = path.joined(separator: ".")
        guard depth <= ParquetSchema.maximumDepth else {
            throw ParquetError(
                .schema, "column \(path[0]) nests deeper than \(ParquetSchema.maximumDepth) levels; flatten it")
        }
        var element = SchemaElement()
        element.name = name
        element.repetition = .optional
        let here = definition + 1
        switch type {
        case .list(let inner):
            element.childCount = 1
            element.converted = 3
            element.logical = .list
            elements.append(element)
            var repeated = SchemaElement()
            repeated.name = "list"
            repeated.repetition = .repeated
            repeated.childCount = 1
            elements.append(repeated)
            let child = try node(
                "element", inner, path: path + ["list", "element"], definition: here + 1, repetition: repetition + 1,
                depth: depth + 1)
            return WriteNode(
                name: name, kind: .list, definition: here, repetition: repetition + 1, children: [child],
                leaves: child.leaves, path: label)
        case .structure(let fields):
            guard !fields.isEmpty else {
                throw ParquetError(.schema, "struct \(label) has no fields; drop the column or give it the type null")
            }
            try Self.checkNames(fields, of: "struct \(label)")
            element.childCount = Int32(clamping: fields.count)
            elements.append(element)
            var children: [WriteNode] = []
            for field in fields {
                children.append(
                    try node(
                        field.name, field.type, path: path + [field.name], definition: here, repetition: repetition,
                        depth: depth + 1))
            }
            return WriteNode(
                name: name, kind: .structure, definition: here, repetition: repetition, children: children,
                leaves: children.flatMap(\.leaves), path: label)
        default:
            let (kind, physical) = try Self.leafKind(type, label)
            element.type = physical
            if kind == .string {
                element.converted = 0
                element.logical = .string
            } else if kind == .null {
                element.logical = .unknown
            }
            elements.append(element)
            let leaf = LeafWriter(
                path: path, physical: physical, maximumDefinition: here, maximumRepetition: repetition,
                pageLimit: pageLimit, compressor: compressor)
            leaves.append(leaf)
            return WriteNode(
                name: name, kind: kind, definition: here, repetition: repetition, children: [], leaves: [leaf],
                path: label)
        }
    }

    private static func leafKind(_ type: ParquetType, _ label: String) throws -> (WriteNode.Kind, PhysicalType) {
        switch type {
        case .null: return (.null, .int32)
        case .bool: return (.bool, .boolean)
        case .int32: return (.int32, .int32)
        case .int64: return (.int64, .int64)
        case .float: return (.float, .float)
        case .double: return (.double, .double)
        case .string: return (.string, .byteArray)
        case .bytes: return (.bytes, .byteArray)
        case .list, .structure: throw ParquetError(.schema, "column \(label) is no leaf")
        case .unsupported(let what):
            throw ParquetError(.schema, "column \(label) is of the type \(what), which cannot be written; convert it")
        }
    }
}
