/// Python's equality: numbers by value whatever their kind, texts by scalars, containers by their elements.
extension Object: Hashable {
    static func == (left: Object, right: Object) -> Bool {
        if let left = left.text, let right = right.text { return left.same(right) }
        if let left = Number(left), let right = Number(right) { return left.equals(right) }
        switch (left, right) {
        case (.undefined, .undefined), (.none, .none): return true
        case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
            return left.values == right.values
        case (.dict(let left), .dict(let right)):
            return left.keys.count == right.keys.count
                && zip(left.keys, left.values).allSatisfy { right[$0.0] == $0.1 }
        case (.view(let left), .view(let right)):
            return left.kind == right.kind && left.kind != .values && Object.dict(left.pairs) == .dict(right.pairs)
        case (.range(let left), .range(let right)):
            return left.count == right.count
                && (left.count == 0 || (left.start == right.start && (left.count == 1 || left.step == right.step)))
        case (.lazy(let left), .lazy(let right)): return left === right
        case (.namespace(let left), .namespace(let right)): return left === right
        case (.macro(let left), .macro(let right)): return left === right
        case (.loop(let left), .loop(let right)): return left === right
        case (.function(let left), .function(let right)): return left == right
        default: return false
        }
    }

    func hash(into hasher: inout Hasher) {
        if let text {
            for byte in text.utf8 { hasher.combine(byte) }
        } else if let number = Number(self) {
            hasher.combine(number.double)
        } else if case .tuple(let items) = self {
            hasher.combine(items.values)
        }
    }
}

/// A number of either kind; a truth value counts as 0 or 1, as in Python.
enum Number {
    case int(Int)
    case double(Double)

    init?(_ object: Object) {
        switch object {
        case .bool(let value): self = .int(value ? 1 : 0)
        case .int(let value): self = .int(value)
        case .double(let value): self = .double(value)
        default: return nil
        }
    }

    var double: Double {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        }
    }

    func equals(_ other: Number) -> Bool {
        switch (self, other) {
        case (.int(let left), .int(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        case (.int(let int), .double(let double)), (.double(let double), .int(let int)):
            Int(exactly: double) == int
        }
    }

    func isLess(than other: Number) -> Bool {
        switch (self, other) {
        case (.int(let left), .int(let right)): return left < right
        case (.double(let left), .double(let right)): return left < right
        case (.int(let int), .double(let double)):
            if double.isNaN { return false }
            guard let floor = Int(exactly: double.rounded(.down)) else { return double > 0 }
            return int < floor || (int == floor && double > double.rounded(.down))
        case (.double(let double), .int(let int)):
            if double.isNaN { return false }
            guard let floor = Int(exactly: double.rounded(.down)) else { return double < 0 }
            return floor < int
        }
    }

    var object: Object {
        switch self {
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        }
    }
}
