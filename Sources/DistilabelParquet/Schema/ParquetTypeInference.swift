/// Works out the narrowest type that holds all the cells it was shown.
///
/// Nulls fit everything; whole and floating-point numbers together are floating-point; the fields of structs and the
/// elements of lists are united. Kinds that no type holds together, such as a number and a text, are refused: only the
/// caller knows which of them to convert.
public struct ParquetTypeInference: Sendable {
    private enum Kind: String {
        case null, bool
        case int = "a whole number"
        case double = "a floating-point number"
        case string = "text"
        case bytes
        case scalar = "a scalar"
        case list = "a list"
        case structure = "a struct"
    }

    private struct Node {
        var kind = Kind.null
        /// The type of scalars.
        var scalar = ParquetType.null
        /// The fields of a struct in the order in which they were first seen, or the one element of a list.
        var names: [String] = []
        var positions: [String: Int] = [:]
        var children: [Node] = []
    }

    private var root = Node()

    /// Starts with a type of nothing but nulls.
    public init() {}

    /// Widens the type so that it holds one more cell.
    ///
    /// - Throws: ``ParquetError`` of the code `schema` where the cell is of another kind than those before; it names
    ///   the place inside the column. The inference stays usable, without the part of the cell that did not fit.
    public mutating func add<Cell: ParquetCell>(_ cell: Cell) throws {
        try Self.add(cell, to: &root)
    }

    private static func add<Cell: ParquetCell>(_ cell: Cell, to node: inout Node) throws {
        switch cell.parquetView {
        case .null: return
        case .bool: try settle(&node, .bool)
        case .int: try settle(&node, .int)
        case .double: try settle(&node, .double)
        case .string: try settle(&node, .string)
        case .bytes: try settle(&node, .bytes)
        case .scalar(let value):
            try settle(&node, .scalar)
            node.scalar = try node.scalar.united(with: ParquetType(of: value))
        case .list(let elements):
            try settle(&node, .list)
            if node.children.isEmpty { node.children.append(Node()) }
            for element in elements { try within("element") { try add(element, to: &node.children[0]) } }
        case .structure:
            try settle(&node, .structure)
            for (position, name) in cell.parquetFieldNames.enumerated() {
                guard let field = cell.parquetField(name, near: position) else { continue }
                let place: Int
                if position < node.names.count, node.names[position] == name {
                    place = position
                } else if let known = node.positions[name] {
                    place = known
                } else {
                    place = node.children.count
                    node.positions[name] = place
                    node.names.append(name)
                    node.children.append(Node())
                }
                try within(name) { try add(field, to: &node.children[place]) }
            }
        }
    }

    private static func settle(_ node: inout Node, _ kind: Kind) throws {
        if node.kind == kind { return }
        switch (node.kind, kind) {
        case (.null, _): node.kind = kind
        case (.int, .double): node.kind = .double
        case (.double, .int): break
        default:
            throw ParquetError(
                .schema, "holds \(kind.rawValue) where others hold \(node.kind.rawValue); convert one of them")
        }
    }

    private static func within(_ name: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch var error as ParquetError {
            error.message = name + (error.message.hasPrefix("holds") ? " " : ".") + error.message
            throw error
        }
    }

    /// The type that holds all cells so far.
    ///
    /// A struct that never had a field, which Parquet cannot hold, counts as null; the writer takes such cells as
    /// nulls.
    public var type: ParquetType { Self.type(of: root) }

    private static func type(of node: Node) -> ParquetType {
        switch node.kind {
        case .null: .null
        case .bool: .bool
        case .int: .int64
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .scalar: node.scalar
        case .list: .list(node.children.first.map(type) ?? .null)
        case .structure:
            node.names.isEmpty
                ? .null : .structure(zip(node.names, node.children).map { ParquetField($0, type(of: $1)) })
        }
    }
}

extension ParquetSchema {
    /// The schema that holds some columns of cells, by ``ParquetTypeInference``.
    ///
    /// - Throws: ``ParquetError`` of the code `schema` where a column mixes kinds; it names the column and the row.
    public init<Cell: ParquetCell>(inferring columns: [[Cell]], names: [String]) throws {
        var fields: [ParquetField] = []
        for (name, cells) in zip(names, columns) {
            var inference = ParquetTypeInference()
            for (row, cell) in cells.enumerated() {
                do {
                    try inference.add(cell)
                } catch let error as ParquetError {
                    let gap = error.message.hasPrefix("holds") ? " " : "."
                    throw ParquetError(error.code, "row \(row): column \(name)\(gap)\(error.message)")
                }
            }
            fields.append(ParquetField(name, inference.type))
        }
        self.init(fields)
    }
}

extension ParquetType {
    /// The narrowest type that holds what both hold, by the rules of ``ParquetTypeInference``.
    ///
    /// - Throws: ``ParquetError`` of the code `schema` where no type holds both.
    public func united(with other: ParquetType) throws -> ParquetType {
        switch (self, other) {
        case _ where self == other: return self
        case (.null, let known), (let known, .null): return known
        case (.int32, .int64), (.int64, .int32): return .int64
        case (.float, .double), (.double, .float): return .double
        case (.int32, .float), (.int32, .double), (.int64, .float), (.int64, .double), (.float, .int32),
            (.float, .int64), (.double, .int32), (.double, .int64):
            return .double
        case (.decimal(let one, let left), .decimal(let two, let right)):
            let scale = max(left, right)
            let precision = max(one - left, two - right) + scale
            guard precision <= Self.maximumPrecision else {
                throw ParquetError(.schema, "no type holds both \(self) and \(other); round one of them")
            }
            return .decimal(precision: precision, scale: scale)
        case (.timestamp(let left, let isUTC), .timestamp(let right, let other)) where isUTC == other:
            return .timestamp(left.ticksPerSecond > right.ticksPerSecond ? left : right, isUTC: isUTC)
        case (.time(let left, let isUTC), .time(let right, let other)) where isUTC == other:
            return .time(left.ticksPerSecond > right.ticksPerSecond ? left : right, isUTC: isUTC)
        case (.map(let key, let value), .map(let otherKey, let otherValue)):
            return .map(key: try key.united(with: otherKey), value: try value.united(with: otherValue))
        case (.list(let left), .list(let right)): return .list(try left.united(with: right))
        case (.structure(let left), .structure(let right)):
            var fields = left
            for field in right {
                if let place = fields.firstIndex(where: { $0.name == field.name }) {
                    fields[place].type = try fields[place].type.united(with: field.type)
                } else {
                    fields.append(field)
                }
            }
            return .structure(fields)
        default:
            throw ParquetError(.schema, "no type holds both \(self) and \(other); convert one of them")
        }
    }
}

extension ParquetType {
    /// The most digits of a decimal.
    static let maximumPrecision = 38

    /// The type that holds a scalar.
    init(of scalar: ParquetScalar) {
        self =
            switch scalar {
            case .date: .date
            case .time(_, let unit): .time(unit, isUTC: false)
            case .timestamp(_, let unit, let isUTC): .timestamp(unit, isUTC: isUTC)
            case .decimal(let value):
                .decimal(precision: max(String(value.unscaled.magnitude).count, value.scale, 1), scale: value.scale)
            case .uuid: .uuid
            case .unsigned: .int64
            case .interval: .interval
            }
    }
}
