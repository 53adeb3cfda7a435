extension Interpreter {
    func compare(
        _ operation: ComparisonOperator, _ left: Object, _ right: Object
    ) throws(TemplateError) -> Bool {
        try charge(min(left.weight, right.weight))
        return switch operation {
        case .equal: left == right
        case .notEqual: left != right
        case .less: try isLess(left, right, operation)
        case .lessEqual: try isLessOrEqual(left, right, operation)
        case .greater: try isLess(right, left, operation)
        case .greaterEqual: try isLessOrEqual(right, left, operation)
        case .contained: try contains(right, left)
        case .notContained: try !contains(right, left)
        }
    }

    private func isLessOrEqual(
        _ left: Object, _ right: Object, _ operation: ComparisonOperator
    ) throws(TemplateError) -> Bool {
        if try isLess(left, right, operation) { return true }
        return left == right
    }

    /// Python's `<`; values that have no order are an error.
    func isLess(
        _ left: Object, _ right: Object, _ operation: ComparisonOperator = .less
    ) throws(TemplateError) -> Bool {
        if let left = left.text, let right = right.text { return left.precedes(right) }
        if let left = Number(left), let right = Number(right) { return left.isLess(than: right) }
        switch (left, right) {
        case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)):
            for (left, right) in zip(left.values, right.values) where left != right {
                return try isLess(left, right, operation)
            }
            return left.values.count < right.values.count
        case (.undefined(let reason), _), (_, .undefined(let reason)): throw undefinedError(reason)
        default:
            throw TemplateError(
                .type, "'\(operation.rawValue)' has no order for \(left.typeName) and \(right.typeName)")
        }
    }

    /// Python's `in`.
    func contains(_ container: Object, _ element: Object) throws(TemplateError) -> Bool {
        switch container {
        case .string(let text), .markup(let text):
            guard let part = element.text else {
                throw TemplateError(.type, "'in' a str takes a str, not \(element.typeName): add '|string'")
            }
            try charge(text.utf8.count / 16)
            return text.find(part) != nil
        case .list(let items), .tuple(let items):
            try charge(items.nesting.weight)
            return items.values.contains(element)
        case .dict(let pairs):
            guard element.isHashable else { throw TemplateError(.type, "\(element.typeName) cannot be a key") }
            return pairs[element] != nil
        case .undefined: return false
        case .range(let range):
            guard let number = Number(element) else { return false }
            guard let value = Int(exactly: number.double) else { return false }
            guard range.count > 0 else { return false }
            let last = range.value(at: range.count - 1)
            return value >= min(range.start, last) && value <= max(range.start, last)
                && (value - range.start) % range.step == 0
        case .view, .lazy: return try elements(of: container).contains(element)
        default: throw TemplateError(.type, "'in' cannot look into \(container.typeName)")
        }
    }

    /// A stable sort by Python's order.
    func sorted(_ keyed: [(key: Object, value: Object)], descending: Bool) throws(TemplateError) -> [Object] {
        try charge(keyed.count)
        var items = keyed
        var width = 1
        while width < items.count {
            var merged: [(key: Object, value: Object)] = []
            merged.reserveCapacity(items.count)
            var start = 0
            while start < items.count {
                let middle = min(start + width, items.count)
                let end = min(start + 2 * width, items.count)
                var (left, right) = (start, middle)
                while left < middle, right < end {
                    try charge(min(items[left].key.weight, items[right].key.weight))
                    let takesRight =
                        descending
                        ? try isLess(items[left].key, items[right].key) : try isLess(items[right].key, items[left].key)
                    merged.append(takesRight ? items[right] : items[left])
                    if takesRight { right += 1 } else { left += 1 }
                }
                merged += items[left..<middle]
                merged += items[right..<end]
                start = end
            }
            items = merged
            width *= 2
        }
        return items.map(\.value)
    }
}
