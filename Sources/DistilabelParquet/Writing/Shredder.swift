/// Takes cells apart into the leaf columns of a schema, with the levels that put them together again.
///
/// Inlinable as a whole so that it is specialised for the caller's cell type in the caller's module.
@usableFromInline
enum Shredder {
    /// Appends one cell to the leaves of a node.
    ///
    /// - Parameters:
    ///   - repetition: 0 where a row starts, else the level of the list whose next element this is.
    ///   - parent: the definition level of what surrounds the cell.
    @inlinable
    static func append<Cell: ParquetCell>(
        _ cell: Cell, to node: WriteNode, repetition: UInt8, parent: UInt8
    ) throws {
        switch cell.parquetView {
        case .null:
            if node.isRequired { throw absent(node) }
            try appendMissing(node, repetition: repetition, definition: parent)
        case .string(let value):
            guard node.kind == .string else { return try append(text: value, to: node, repetition: repetition) }
            let leaf = node.leaves[0]
            let done: Void? = try value.utf8.withContiguousStorageIfAvailable {
                try leaf.append(bytes: $0, repetition: repetition)
            }
            if done == nil {
                try Array(value.utf8).withUnsafeBufferPointer { try leaf.append(bytes: $0, repetition: repetition) }
            }
        case .int(let value):
            try append(value, to: node, repetition: repetition)
        case .double(let value):
            guard node.kind == .double || node.kind == .float else { throw mismatch(node, "a floating-point number") }
            try node.leaves[0].append(double: value, repetition: repetition)
        case .bool(let value):
            guard node.kind == .bool else { throw mismatch(node, "a truth value") }
            try node.leaves[0].append(bool: value, repetition: repetition)
        case .bytes(let value):
            guard node.kind == .bytes else { throw mismatch(node, "bytes") }
            let leaf = node.leaves[0]
            try value.withUnsafeBufferPointer { try leaf.append(bytes: $0, repetition: repetition) }
        case .scalar(let value): try append(value, to: node, repetition: repetition)
        case .list(let elements):
            guard node.kind == .list || node.kind == .map else { throw mismatch(node, "a list") }
            if elements.isEmpty {
                return try appendMissing(node, repetition: repetition, definition: node.definition)
            }
            let child = node.children[0]
            var level = repetition
            for element in elements {
                try append(element, to: child, repetition: level, parent: node.definition + 1)
                level = node.repetition
            }
        case .structure:
            try append(fieldsOf: cell, to: node, repetition: repetition, parent: parent)
        }
    }

    @inlinable
    static func append<Cell: ParquetCell>(
        fieldsOf cell: Cell, to node: WriteNode, repetition: UInt8, parent: UInt8
    ) throws {
        guard node.kind == .structure else {
            if node.kind == .map { return try append(entriesOf: cell, to: node, repetition: repetition) }
            // Parquet has no struct without fields; where none was ever seen with any, the column is one of nulls.
            if node.kind == .null, cell.parquetFieldCount == 0 {
                return try appendMissing(node, repetition: repetition, definition: parent)
            }
            throw mismatch(node, "a struct")
        }
        var found = 0
        let children = node.children
        for position in 0..<children.count {
            let child = children[position]
            if let field = cell.parquetField(child.name, near: position) {
                found += 1
                try append(field, to: child, repetition: repetition, parent: node.definition)
            } else {
                if child.isRequired { throw absent(child) }
                try appendMissing(child, repetition: repetition, definition: node.definition)
            }
        }
        if found != cell.parquetFieldCount { throw surplus(node, cell.parquetFieldNames) }
    }

    /// Appends a struct as a map from the names of its fields.
    @inlinable
    static func append<Cell: ParquetCell>(entriesOf cell: Cell, to node: WriteNode, repetition: UInt8) throws {
        let names = cell.parquetFieldNames
        if names.isEmpty { return try appendMissing(node, repetition: repetition, definition: node.definition) }
        let pair = node.children[0]
        var level = repetition
        for (position, name) in names.enumerated() {
            try append(Cell.parquetString(name), to: pair.children[0], repetition: level, parent: pair.definition)
            try append(
                cell.parquetField(name, near: position) ?? .parquetNull, to: pair.children[1], repetition: level,
                parent: pair.definition)
            level = node.repetition
        }
    }

    @usableFromInline
    static func append(_ value: Int64, to node: WriteNode, repetition: UInt8) throws {
        switch node.kind {
        case .int64: try node.leaves[0].append(int: value, repetition: repetition)
        case .double, .float:
            guard let exact = node.kind == .double ? Double(exactly: value) : Float(exactly: value).map(Double.init)
            else {
                throw ParquetError(
                    .cell, "column \(node.path): \(value) is too large to be kept exactly among floating-point numbers")
            }
            try node.leaves[0].append(double: exact, repetition: repetition)
        case .int32:
            guard Int32(exactly: value) != nil else {
                throw ParquetError(.cell, "column \(node.path): \(value) does not fit in 32 bits; use int64")
            }
            try node.leaves[0].append(int: value, repetition: repetition)
        default:
            guard let scalar = node.scalar(of: value) else { throw mismatch(node, "a whole number") }
            try append(scalar, to: node, repetition: repetition)
        }
    }

    @usableFromInline
    static func appendMissing(_ node: WriteNode, repetition: UInt8, definition: UInt8) throws {
        for leaf in node.leaves { try leaf.appendMissing(repetition: repetition, definition: definition) }
    }

    @usableFromInline
    static func absent(_ node: WriteNode) -> ParquetError {
        ParquetError(.cell, "column \(node.path): the keys and the pairs of a map are never null")
    }

    @usableFromInline
    static func mismatch(_ node: WriteNode, _ found: String) -> ParquetError {
        ParquetError(.cell, "column \(node.path) is of the type \(node.kind), but the cell holds \(found)")
    }

    @usableFromInline
    static func surplus(_ node: WriteNode, _ names: [String]) -> ParquetError {
        let known = Set(node.children.map(\.name))
        let unknown = names.filter { !known.contains($0) }.joined(separator: ", ")
        return ParquetError(.cell, "struct \(node.path) has no field \(unknown); add it to the schema")
    }
}
