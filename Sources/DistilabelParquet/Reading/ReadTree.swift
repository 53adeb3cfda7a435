/// Makes the nodes of a file from the flat list of schema elements in its footer.
struct ReadTree {
    private(set) var columns: [ReadNode] = []
    private(set) var leaves: [LeafPlan] = []
    private let elements: [SchemaElement]
    private var next = 1

    init(_ elements: [SchemaElement]) throws {
        self.elements = elements
        guard let root = elements.first, root.childCount >= 0 else {
            throw ParquetError(.damaged, "the footer has no schema")
        }
        for _ in 0..<root.childCount {
            columns.append(try field(path: [], definition: 0, repetition: 0, depth: 1))
        }
        guard next == elements.count else {
            throw ParquetError(.damaged, "the schema has \(elements.count - next) fields that belong to no column")
        }
    }

    private mutating func take(_ depth: Int) throws -> SchemaElement {
        guard next < elements.count else {
            throw ParquetError(.damaged, "the schema ends before the fields that it announces")
        }
        // A list takes two levels of groups.
        guard depth <= ParquetSchema.maximumDepth * 2 else {
            throw ParquetError(.unsupported, "the schema nests deeper than \(ParquetSchema.maximumDepth) levels")
        }
        defer { next += 1 }
        return elements[next]
    }

    /// Reads the next field, with whatever its repetition makes of it.
    private mutating func field(
        path: [String], definition: UInt8, repetition: UInt8, depth: Int
    ) throws -> ReadNode {
        let element = try take(depth)
        let path = path + [element.name]
        switch element.repetition ?? .required {
        case .required:
            return try content(element, path: path, definition: definition, repetition: repetition, depth: depth)
        case .optional:
            return try content(element, path: path, definition: definition + 1, repetition: repetition, depth: depth)
        case .repeated:
            // Repeated without the annotation of a list: a list that is never null, of elements that are never null.
            let child = try content(
                element, path: path, definition: definition + 1, repetition: repetition + 1, depth: depth)
            return list(element.name, of: child, definition: definition, repetition: repetition + 1)
        }
    }

    private func list(
        _ name: String, of child: ReadNode, isMap: Bool = false, definition: UInt8, repetition: UInt8
    ) -> ReadNode {
        var type = ParquetType.list(child.type)
        if isMap, case .structure(let fields) = child.type, fields.count == 2, fields.map(\.name) == ["key", "value"] {
            type = .map(key: fields[0].type, value: fields[1].type)
        }
        return ReadNode(
            name: name, kind: .list, type: type, definition: definition, repetition: repetition,
            children: [child], leaves: child.leaves)
    }

    /// Reads what a field holds; `definition` is the level at which it holds something.
    private mutating func content(
        _ element: SchemaElement, path: [String], definition: UInt8, repetition: UInt8, depth: Int
    ) throws -> ReadNode {
        if let physical = element.type {
            return leaf(element, physical, path: path, definition: definition, repetition: repetition)
        }
        guard element.childCount > 0 else {
            throw ParquetError(.damaged, "the group \(path.joined(separator: ".")) has no fields")
        }
        if element.meaning == .list || element.meaning == .map, element.childCount == 1, next < elements.count,
            elements[next].repetition == .repeated
        {
            return try annotatedList(
                element, path: path, definition: definition, repetition: repetition, depth: depth + 1)
        }
        let first = leaves.count
        var children: [ReadNode] = []
        for _ in 0..<element.childCount {
            children.append(
                try field(path: path, definition: definition, repetition: repetition, depth: depth + 1))
        }
        let type = ParquetType.structure(children.map { ParquetField($0.name, $0.type) })
        return ReadNode(
            name: element.name, kind: .structure, type: type, definition: definition, repetition: repetition,
            children: children, leaves: first..<leaves.count)
    }

    /// Reads the repeated field inside a list or map; a map is read as a list of structs of key and value.
    private mutating func annotatedList(
        _ outer: SchemaElement, path: [String], definition: UInt8, repetition: UInt8, depth: Int
    ) throws -> ReadNode {
        let repeated = try take(depth)
        let path = path + [repeated.name]
        let inner = definition + 1
        let child: ReadNode
        // A map without values is a list of its keys.
        if isWrapper(repeated, outer: outer) {
            child = try field(path: path, definition: inner, repetition: repetition + 1, depth: depth + 1)
        } else {
            // Older writers repeat the element itself.
            child = try content(repeated, path: path, definition: inner, repetition: repetition + 1, depth: depth)
        }
        return list(
            outer.name, of: child, isMap: outer.meaning == .map, definition: definition, repetition: repetition + 1)
    }

    /// Whether the repeated field of a list only wraps its element, by the rules of the format's specification.
    private func isWrapper(_ repeated: SchemaElement, outer: SchemaElement) -> Bool {
        guard repeated.type == nil, repeated.childCount == 1 else { return false }
        if repeated.name == "array" || repeated.name == outer.name + "_tuple" { return false }
        return next >= elements.count || elements[next].repetition != .repeated || repeated.meaning == nil
    }

    private mutating func leaf(
        _ element: SchemaElement, _ physical: PhysicalType, path: [String], definition: UInt8, repetition: UInt8
    ) -> ReadNode {
        let (type, reading) = Self.meaning(of: element, physical)
        leaves.append(
            LeafPlan(
                path: path, physical: physical, width: Self.width(of: element, physical), reading: reading,
                maximumDefinition: definition,
                maximumRepetition: repetition))
        return ReadNode(
            name: element.name, kind: .leaf, type: type, definition: definition, repetition: repetition, children: [],
            leaves: leaves.count - 1..<leaves.count)
    }

    private static func width(of element: SchemaElement, _ physical: PhysicalType) -> Int {
        physical == .fixedLengthByteArray ? max(0, Int(element.typeLength)) : physical.width ?? 0
    }

    /// What values are read as; an annotation that does not go with the physical type counts for nothing.
    private static func meaning(
        of element: SchemaElement, _ physical: PhysicalType
    ) -> (ParquetType, LeafPlan.Reading) {
        let length = width(of: element, physical)
        switch (physical, element.meaning) {
        case (.fixedLengthByteArray, _) where length == 0:
            return (.unsupported("FIXED_LEN_BYTE_ARRAY without a length"), .unsupported)
        case (_, .unknown): return (.null, .null)
        case (.int32, .decimal(let precision, let scale)), (.int64, .decimal(let precision, let scale)),
            (.byteArray, .decimal(let precision, let scale)),
            (.fixedLengthByteArray, .decimal(let precision, let scale)):
            guard (1...ParquetType.maximumPrecision).contains(precision), (0...precision).contains(scale) else {
                return (.unsupported("DECIMAL(\(precision), \(scale))"), .unsupported)
            }
            return (.decimal(precision: precision, scale: scale), .decimal(scale: scale))
        case (.int32, .date): return (.date, .date)
        case (.int32, .time(.milliseconds, let isUTC)):
            return (.time(.milliseconds, isUTC: isUTC), .time(.milliseconds))
        case (.int64, .time(let unit, let isUTC)): return (.time(unit, isUTC: isUTC), .time(unit))
        case (.int64, .timestamp(let unit, let isUTC)):
            return (.timestamp(unit, isUTC: isUTC), .timestamp(unit, isUTC: isUTC))
        case (.int96, _): return (.timestamp(.nanoseconds, isUTC: false), .int96)
        case (.boolean, _): return (.bool, .bool)
        case (.int32, .integer(32, false)): return (.int64, .unsigned32)
        case (.int32, _): return (.int32, .int)
        case (.int64, .integer(_, false)): return (.int64, .unsigned64)
        case (.int64, _): return (.int64, .int)
        case (.float, _): return (.float, .float)
        case (.double, _): return (.double, .float)
        case (.byteArray, .string), (.byteArray, .enum), (.byteArray, .json): return (.string, .string)
        case (.byteArray, _): return (.bytes, .bytes)
        case (.fixedLengthByteArray, .uuid) where length == 16: return (.uuid, .uuid)
        case (.fixedLengthByteArray, .float16) where length == 2: return (.float, .float16)
        case (.fixedLengthByteArray, .interval) where length == 12: return (.interval, .interval)
        case (.fixedLengthByteArray, _): return (.bytes, .bytes)
        }
    }
}
