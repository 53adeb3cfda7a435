internal import DistilabelValues

/// Counts what rows take in memory as Arrow arrays, which is what a dataset card calls `num_bytes`.
///
/// It counts the buffers that an array of all rows in one piece has: a bit a truth value, 8 bytes a number, 4 a text or list for
/// where it ends (and 4 more), the bytes of texts, and a bit a value where there are nulls. Values of kinds that do not go
/// together count as what they were, although they are written as JSON.
struct ArrowSize: Sendable {
    private struct Node: Sendable {
        var count = 0
        var nulls = 0
        var bools = 0
        var numbers = 0
        var textBytes = 0
        var elements: [Node] = []
        var names: [String] = []
        var fields: [Node] = []

        mutating func add(_ value: Value) {
            count += 1
            switch value {
            case .null: nulls += 1
            case .bool: bools += 1
            case .int, .double: numbers += 1
            case .string(let text): textBytes += text.utf8.count
            case .array(let values):
                if elements.isEmpty { elements = [Node()] }
                for value in values { elements[0].add(value) }
            case .object(let object):
                for (position, (name, value)) in object.enumerated() {
                    if position < names.count, names[position] == name {
                        fields[position].add(value)
                    } else if let known = names.firstIndex(of: name) {
                        fields[known].add(value)
                    } else {
                        names.append(name)
                        fields.append(Node())
                        fields[names.count - 1].add(value)
                    }
                }
            }
        }

        /// The bytes of an array of a type; `slots` is how many it has, nulls for what was never seen among them.
        func bytes(as type: ColumnType, slots: Int) -> Int {
            let own: Int
            switch type {
            case .null: return 0
            case .bool: own = (slots + 7) / 8
            case .int, .double: own = slots * 8
            case .string: own = 4 * slots + textBytes
            case .list(let element):
                let inner = elements.first ?? Node()
                own = 4 * slots + inner.bytes(as: element, slots: inner.count)
            case .object(let types) where !types.isEmpty:
                own = types.reduce(0) { sum, field in
                    let inner = names.firstIndex(of: field.key).map { fields[$0] } ?? Node()
                    return sum + inner.bytes(as: field.value, slots: slots)
                }
            case .object, .mixed: own = 4 * slots + textBytes + roughBytes
            }
            return own + (slots > count - nulls ? (slots + 7) / 8 : 0)
        }

        private var roughBytes: Int {
            bools * 5 + numbers * 8 + (elements + fields).reduce(0) { $0 + $1.textBytes + $1.count * 4 + $1.roughBytes }
        }
    }

    private var names: [String] = []
    private var nodes: [Node] = []
    private var rowCount = 0

    mutating func add(_ rows: RowChunk) {
        for (name, values) in zip(rows.columns.names, rows.values) {
            let position = names.firstIndex(of: name) ?? names.count
            if position == names.count {
                names.append(name)
                nodes.append(Node())
            }
            for value in values { nodes[position].add(value) }
        }
        rowCount += rows.count
    }

    /// The bytes of a table of these columns.
    func byteCount(of schema: DatasetSchema) -> Int {
        schema.columns.reduce(0) { sum, column in
            let node = names.firstIndex(of: column.key).map { nodes[$0] } ?? Node()
            return sum + node.bytes(as: column.value, slots: rowCount)
        }
    }
}
