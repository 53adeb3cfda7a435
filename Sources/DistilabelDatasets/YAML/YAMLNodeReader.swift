internal import DistilabelValues
internal import Yams

/// Turns a parsed document into a value, and counts what it costs.
struct YAMLNodeReader {
    private let limits: YAMLCoding.Limits
    private let valueLimit: Int
    private var count = 0

    init(limits: YAMLCoding.Limits, textBytes: Int) {
        self.limits = limits
        // What stands in the text itself is bounded by its bytes, so only aliases can take a document beyond this.
        valueLimit = max(limits.expandedValues, textBytes)
    }

    mutating func value(of node: Node, depth: Int) throws -> Value {
        count += 1
        guard count <= valueLimit else {
            throw error(.alias, "the aliases expand to more than \(valueLimit) values; write fewer of them", node)
        }
        guard depth <= limits.depth else {
            throw error(.tooLarge, "lists and mappings are nested deeper than \(limits.depth)", node)
        }
        switch node {
        case .scalar(let scalar): return try value(of: scalar, node)
        case .sequence(let sequence):
            try check(sequence.tag, known: [.implicit, .nonSpecific, .seq], node)
            return .array(try sequence.map { try value(of: $0, depth: depth + 1) })
        case .mapping(let mapping):
            try check(mapping.tag, known: [.implicit, .nonSpecific, .map], node)
            return .object(try object(of: mapping, depth: depth))
        case .alias:
            throw error(.alias, "this alias names no anchor that stands before it", node)
        }
    }

    private mutating func object(of mapping: Node.Mapping, depth: Int) throws -> Value.Object {
        var object = Value.Object(minimumCapacity: mapping.count)
        var merges: [Node] = []
        var own = Set<String>()
        for (key, value) in mapping {
            if let scalar = key.scalar, scalar.style == .plain, scalar.string == "<<" {
                merges.append(value)
                continue
            }
            let name = try self.key(key)
            guard own.insert(name).inserted else {
                throw error(.duplicateKey, "the key '\(name)' stands twice in one mapping; keep one of them", key)
            }
            object[name] = try self.value(of: value, depth: depth + 1)
        }
        guard !merges.isEmpty else { return object }

        // What is merged stands first, as in PyYAML, and gives way to the mapping's own keys.
        var merged = Value.Object()
        for node in merges { try merge(node, into: &merged, depth: depth + 1) }
        merged.merge(object) { _, own in own }
        return merged
    }

    private mutating func merge(_ node: Node, into object: inout Value.Object, depth: Int) throws {
        let sources: [Node]
        if case .sequence(let sequence) = node { sources = Array(sequence) } else { sources = [node] }
        // The last source comes first and is overwritten by those before it, which is the order PyYAML gives the keys.
        for source in sources.reversed() {
            guard case .mapping = source, case .object(let part) = try value(of: source, depth: depth) else {
                throw error(.merge, "'<<' takes a mapping or a list of mappings", source)
            }
            object.merge(part) { _, new in new }
        }
    }

    private func key(_ node: Node) throws -> String {
        guard let scalar = node.scalar else {
            throw error(.unsupported, "a list or a mapping cannot be a key; write a text", node)
        }
        let known: Set<Tag.Name> = [.implicit, .nonSpecific, .str, .int, .float, .bool, .null]
        try check(scalar.tag, known: known, node)
        return scalar.string
    }

    private func value(of scalar: Node.Scalar, _ node: Node) throws -> Value {
        let tag = Tag.Name(rawValue: scalar.tag.description)
        let text = scalar.string
        let value: Value?
        switch tag {
        case .implicit: return scalar.style == .plain ? YAMLScalar.resolve(text) : .string(text)
        case .str, .nonSpecific, .timestamp: return .string(text)
        case .null: value = .null
        case .bool: value = YAMLScalar.bool(text)
        case .int: value = YAMLScalar.integer(text)
        case .float: value = YAMLScalar.float(text) ?? YAMLScalar.integer(text)?.doubleValue.map { .double($0) }
        default: throw unknown(tag, node)
        }
        guard let value else {
            let name = tag.rawValue.split(separator: ":").last ?? ""
            throw error(.unsupported, "'\(text)' does not read as !!\(name)", node)
        }
        return value
    }

    private func check(_ tag: Tag, known: Set<Tag.Name>, _ node: Node) throws {
        let name = Tag.Name(rawValue: tag.description)
        if !known.contains(name) { throw unknown(name, node) }
    }

    private func unknown(_ tag: Tag.Name, _ node: Node) -> YAMLError {
        let prefix = "tag:yaml.org,2002:"
        let text = tag.rawValue.hasPrefix(prefix) ? "!!" + tag.rawValue.dropFirst(prefix.count) : tag.rawValue
        return error(.unsupported, "the tag \(text) is not supported; write the value without it", node)
    }

    private func error(_ code: YAMLError.Code, _ message: String, _ node: Node) -> YAMLError {
        YAMLError(code, message, line: node.mark?.line, column: node.mark?.column)
    }
}
