/// A node of the schema as the shredder walks it: levels worked out, leaves at hand.
@usableFromInline
final class WriteNode {
    @usableFromInline
    enum Kind {
        case null, bool, int32, int64, float, double, string, bytes, scalar, list, structure, map
    }

    @usableFromInline let name: String
    @usableFromInline let kind: Kind
    let type: ParquetType
    /// Whether it never is null: the keys of a map, and its pairs.
    @usableFromInline let isRequired: Bool
    /// The definition level of an entry where this node holds something.
    @usableFromInline let definition: UInt8
    /// For a list: the repetition level of all elements but the first.
    @usableFromInline let repetition: UInt8
    /// The fields of a struct, the element of a list, or the pair of a map.
    @usableFromInline let children: [WriteNode]
    /// Every leaf at or below this node; for a leaf node, its own and no other.
    @usableFromInline let leaves: [LeafWriter]
    /// The name with those of its parents, for errors.
    @usableFromInline let path: String

    init(
        name: String, kind: Kind, type: ParquetType, isRequired: Bool = false, definition: UInt8, repetition: UInt8,
        children: [WriteNode], leaves: [LeafWriter], path: String
    ) {
        self.name = name
        self.kind = kind
        self.type = type
        self.isRequired = isRequired
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
        _ name: String, _ type: ParquetType, path: [String], isRequired: Bool = false, definition: UInt8,
        repetition: UInt8, depth: Int
    ) throws -> WriteNode {
        let label = path.joined(separator: ".")
        guard depth <= ParquetSchema.maximumDepth else {
            throw ParquetError(
                .schema, "column \(path[0]) nests deeper than \(ParquetSchema.maximumDepth) levels; flatten it")
        }
        var element = SchemaElement()
        element.name = name
        element.repetition = isRequired ? .required : .optional
        let here = isRequired ? definition : definition + 1
        switch type {
        case .list(let inner):
            element.childCount = 1
            element.converted = 3
            element.logical = .list
            elements.append(element)
            elements.append(Self.repeated("list", 1))
            let child = try node(
                "element", inner, path: path + ["list", "element"], definition: here + 1, repetition: repetition + 1,
                depth: depth + 1)
            return WriteNode(
                name: name, kind: .list, type: type, isRequired: isRequired, definition: here,
                repetition: repetition + 1,
                children: [child], leaves: child.leaves, path: label)
        case .map(let key, let value):
            element.childCount = 1
            element.converted = 1
            element.logical = .map
            elements.append(element)
            elements.append(Self.repeated("key_value", 2))
            let pair = path + ["key_value"]
            let children = [
                try node(
                    "key", key, path: pair + ["key"], isRequired: true, definition: here + 1,
                    repetition: repetition + 1, depth: depth + 2),
                try node(
                    "value", value, path: pair + ["value"], definition: here + 1, repetition: repetition + 1,
                    depth: depth + 2),
            ]
            let child = WriteNode(
                name: "key_value", kind: .structure, type: .structure([.init("key", key), .init("value", value)]),
                isRequired: true, definition: here + 1, repetition: repetition + 1, children: children,
                leaves: children.flatMap(\.leaves), path: pair.joined(separator: "."))
            return WriteNode(
                name: name, kind: .map, type: type, isRequired: isRequired, definition: here,
                repetition: repetition + 1, children: [child], leaves: child.leaves, path: label)
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
                name: name, kind: .structure, type: type, isRequired: isRequired, definition: here,
                repetition: repetition, children: children, leaves: children.flatMap(\.leaves), path: label)
        default:
            let (kind, physical, logical) = try Self.leafKind(type, label)
            element.type = physical
            element.logical = logical
            element.annotate()
            elements.append(element)
            let leaf = LeafWriter(
                path: path, physical: physical, maximumDefinition: here, maximumRepetition: repetition,
                pageLimit: pageLimit, compressor: compressor)
            leaves.append(leaf)
            return WriteNode(
                name: name, kind: kind, type: type, isRequired: isRequired, definition: here, repetition: repetition,
                children: [], leaves: [leaf], path: label)
        }
    }

    private static func repeated(_ name: String, _ children: Int32) -> SchemaElement {
        var element = SchemaElement()
        element.name = name
        element.repetition = .repeated
        element.childCount = children
        return element
    }

    private static func leafKind(
        _ type: ParquetType, _ label: String
    ) throws -> (WriteNode.Kind, PhysicalType, LogicalType?) {
        switch type {
        case .null: return (.null, .int32, .unknown)
        case .bool: return (.bool, .boolean, nil)
        case .int32: return (.int32, .int32, nil)
        case .int64: return (.int64, .int64, nil)
        case .float: return (.float, .float, nil)
        case .double: return (.double, .double, nil)
        case .string: return (.string, .byteArray, .string)
        case .bytes: return (.bytes, .byteArray, nil)
        case .date: return (.scalar, .int32, .date)
        case .time(let unit, let isUTC):
            return (.scalar, unit == .milliseconds ? .int32 : .int64, .time(unit, isUTC: isUTC))
        case .timestamp(let unit, let isUTC): return (.scalar, .int64, .timestamp(unit, isUTC: isUTC))
        case .decimal(let precision, let scale):
            guard (1...ParquetType.maximumPrecision).contains(precision), (0...precision).contains(scale) else {
                throw ParquetError(
                    .schema, "column \(label): a decimal has 1 to 38 digits, and no more than all stand after its point"
                )
            }
            let physical: PhysicalType = precision <= 9 ? .int32 : precision <= 18 ? .int64 : .fixedLengthByteArray
            return (.scalar, physical, .decimal(precision: precision, scale: scale))
        case .uuid: return (.scalar, .fixedLengthByteArray, .uuid)
        case .interval: throw ParquetError(.schema, "column \(label): intervals are not written; write its parts")
        case .list, .structure, .map: throw ParquetError(.schema, "column \(label) is no leaf")
        case .unsupported(let what):
            throw ParquetError(.schema, "column \(label) is of the type \(what), which cannot be written; convert it")
        }
    }
}

extension SchemaElement {
    /// Adds to the logical type what older readers look at.
    fileprivate mutating func annotate() {
        // Both types of a fixed length that are written have sixteen bytes.
        if type == .fixedLengthByteArray { typeLength = 16 }
        switch logical {
        case .string: converted = 0
        case .date: converted = 6
        case .time(.milliseconds, true): converted = 7
        case .time(.microseconds, true): converted = 8
        case .timestamp(.milliseconds, true): converted = 9
        case .timestamp(.microseconds, true): converted = 10
        case .decimal(let digits, let point):
            converted = 5
            precision = Int32(digits)
            scale = Int32(point)
        default: break
        }
    }
}
