/// Puts the cells of one column together from the entries of its leaves.
///
/// Inlinable as a whole so that it is specialised for the caller's cell type in the caller's module.
@usableFromInline
struct Assembler<Cell: ParquetCell> {
    @usableFromInline let node: ReadNode
    @usableFromInline let cursors: [LeafCursor]
    /// The cells of each leaf's dictionary, made once a row group.
    @usableFromInline var dictionaries: [[Cell]]

    @inlinable
    init(_ node: ReadNode, _ cursors: [LeafCursor]) {
        self.node = node
        self.cursors = cursors
        dictionaries = Array(repeating: [], count: cursors.count)
    }

    /// The cells of the next `count` rows.
    @inlinable
    mutating func read(_ count: Int) throws -> [Cell] {
        var cells: [Cell] = []
        // What is claimed is reserved only up to a point: the entries themselves may turn out to be missing.
        cells.reserveCapacity(Swift.min(count, 1 << 16))
        if node.kind == .leaf {
            for _ in 0..<count { cells.append(try leaf(0)) }
            return cells
        }
        for _ in 0..<count {
            for cursor in cursors where try cursor.continues(1) { throw Self.misaligned }
            cells.append(try value(node))
        }
        return cells
    }

    @usableFromInline
    static var misaligned: ParquetError {
        ParquetError(.damaged, "a row starts in the middle of a list")
    }

    @inlinable
    mutating func value(_ node: ReadNode) throws -> Cell {
        let first = node.leaves.lowerBound - self.node.leaves.lowerBound
        if node.kind == .leaf { return try leaf(first) }
        let definition = try cursors[first].definition()
        if definition < node.definition {
            try skip(node)
            return .parquetNull
        }
        if node.kind == .structure {
            var fields: [Cell] = []
            fields.reserveCapacity(node.children.count)
            for child in node.children { fields.append(try value(child)) }
            return .parquetStructure(names: node.names, values: fields)
        }
        if definition == node.definition {
            try skip(node)
            return .parquetList([])
        }
        var elements: [Cell] = []
        elements.reserveCapacity(try cursors[first].elementsAtHand(node.repetition))
        let child = node.children[0]
        let cursor = cursors[first]
        if child.kind == .leaf {
            repeat { elements.append(try leaf(first)) } while try cursor.continues(node.repetition)
        } else {
            repeat { elements.append(try value(child)) } while try cursor.continues(node.repetition)
        }
        return .parquetList(elements)
    }

    @inlinable
    func skip(_ node: ReadNode) throws {
        let base = self.node.leaves.lowerBound
        for index in node.leaves { try cursors[index - base].skip() }
    }

    @inlinable
    mutating func leaf(_ index: Int) throws -> Cell {
        let cursor = cursors[index]
        let entry = try cursor.next()
        guard case .dictionary(let number) = entry else { return try Self.cell(entry, cursor) }
        if dictionaries[index].isEmpty {
            let count = cursor.dictionaryCount
            dictionaries[index].reserveCapacity(count)
            for position in 0..<count {
                dictionaries[index].append(try Self.cell(try cursor.dictionaryValue(position), cursor))
            }
        }
        return dictionaries[index][number]
    }

    @inlinable
    static func cell(_ entry: LeafEntry, _ cursor: LeafCursor) throws -> Cell {
        if cursor.isScalar {
            switch try cursor.scalar(entry) {
            case .missing: return .parquetNull
            case .int(let value): return .parquetInt(value)
            case .double(let value): return .parquetDouble(value)
            case .scalar(let value): return try .parquetScalar(value)
            }
        }
        switch entry {
        case .missing, .dictionary: return .parquetNull
        case .bool(let value): return .parquetBool(value)
        case .int(let value): return .parquetInt(value)
        case .double(let value): return .parquetDouble(value)
        case .bytes(let bytes):
            guard cursor.isText else { return try .parquetBytes(bytes) }
            guard let text = String(validating: bytes, as: UTF8.self) else { throw cursor.invalidText }
            return .parquetString(text)
        }
    }
}
