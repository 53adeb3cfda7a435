extension Interpreter {
    /// Python's arithmetic on two values.
    func apply(
        _ operation: BinaryOperator, _ left: Object, _ right: Object
    ) throws(TemplateError) -> Object {
        if case .undefined(let reason) = left, !(operation == .modulo && right.text != nil) {
            throw undefinedError(reason)
        }
        if operation == .modulo, let format = left.text {
            let text = try percentFormat(format, with: right, escapes: isMarkup(left))
            return isMarkup(left) ? .markup(text) : .string(text)
        }
        if case .undefined(let reason) = right { throw undefinedError(reason) }
        if let left = Number(left), let right = Number(right) { return try arithmetic(operation, left, right) }
        switch (operation, left, right) {
        case (.add, .list(let left), .list(let right)): return try list(left.values + right.values)
        case (.add, .tuple(let left), .tuple(let right)):
            try charge(left.values.count + right.values.count)
            return .tuple(try Items(left.values + right.values))
        case (.add, _, _):
            if let joined = try addTexts(left, right) { return joined }
        case (.multiply, _, _):
            if let count = intValue(right) { if let result = try repeated(left, count) { return result } }
            if let count = intValue(left) { if let result = try repeated(right, count) { return result } }
        default: break
        }
        throw TemplateError(
            .type,
            "'\(operation.rawValue)' does not take \(left.typeName) and \(right.typeName)\(hint(operation, left, right))"
        )
    }

    private func hint(_ operation: BinaryOperator, _ left: Object, _ right: Object) -> String {
        operation == .add && (left.text != nil || right.text != nil) ? ": join texts with '~'" : ""
    }

    func undefinedError(_ reason: String) -> TemplateError {
        TemplateError(.undefinedValue, "\(reason): give it a value or add '|default(...)'")
    }

    func isMarkup(_ object: Object) -> Bool {
        if case .markup = object { true } else { false }
    }

    func intValue(_ object: Object) -> Int? {
        switch object {
        case .int(let value): value
        case .bool(let value): value ? 1 : 0
        default: nil
        }
    }

    private func addTexts(_ left: Object, _ right: Object) throws(TemplateError) -> Object? {
        guard let first = left.text, let second = right.text else { return nil }
        try chargeText(first.utf8.count + second.utf8.count)
        switch (isMarkup(left), isMarkup(right)) {
        case (false, false): return .string(first + second)
        case (true, false): return .markup(first + escaped(second))
        case (false, true): return .markup(escaped(first) + second)
        case (true, true): return .markup(first + second)
        }
    }

    private func repeated(_ object: Object, _ count: Int) throws(TemplateError) -> Object? {
        let count = max(0, count)
        switch object {
        case .string(let text): return .string(try repeated(text, count))
        case .markup(let text): return .markup(try repeated(text, count))
        case .list(let items): return .list(try Items(try repeated(items.values, count)))
        case .tuple(let items): return .tuple(try Items(try repeated(items.values, count)))
        default: return nil
        }
    }

    private func repeated(_ values: [Object], _ count: Int) throws(TemplateError) -> [Object] {
        let (total, overflows) = values.count.multipliedReportingOverflow(by: count)
        try charge(overflows ? Int.max : total)
        return Array(repeatElement(values, count: values.isEmpty ? 0 : count).joined())
    }

    func repeated(_ text: String, _ count: Int) throws(TemplateError) -> String {
        let (total, overflows) = text.utf8.count.multipliedReportingOverflow(by: max(0, count))
        try chargeText(overflows ? Int.max : total)
        return String(repeating: text, count: text.isEmpty ? 0 : max(0, count))
    }

    // MARK: Numbers

    private func arithmetic(
        _ operation: BinaryOperator, _ left: Number, _ right: Number
    ) throws(TemplateError) -> Object {
        if case .int(let left) = left, case .int(let right) = right {
            return try arithmetic(operation, left, right)
        }
        let (left, right) = (left.double, right.double)
        switch operation {
        case .add: return .double(left + right)
        case .subtract: return .double(left - right)
        case .multiply: return .double(left * right)
        case .divide:
            if right == 0 { throw divisionByZero }
            return .double(left / right)
        case .floorDivide:
            if right == 0 { throw divisionByZero }
            return .double(floorDivided(left, right).quotient)
        case .modulo:
            if right == 0 { throw divisionByZero }
            return .double(floorDivided(left, right).remainder)
        case .power: return .double(try power(left, right))
        }
    }

    /// Python's quotient and remainder of floats: the remainder takes the divisor's sign, the quotient is whole.
    private func floorDivided(_ left: Double, _ right: Double) -> (quotient: Double, remainder: Double) {
        var remainder = left.truncatingRemainder(dividingBy: right)
        var quotient = (left - remainder) / right
        if remainder != 0 {
            if (right < 0) != (remainder < 0) {
                remainder += right
                quotient -= 1
            }
        } else {
            remainder = Double(signOf: right, magnitudeOf: 0)
        }
        if quotient == 0 { return (Double(signOf: left / right, magnitudeOf: 0), remainder) }
        var floor = quotient.rounded(.down)
        if quotient - floor > 0.5 { floor += 1 }
        return (floor, remainder)
    }

    private func arithmetic(
        _ operation: BinaryOperator, _ left: Int, _ right: Int
    ) throws(TemplateError) -> Object {
        switch operation {
        case .add: return try whole(left.addingReportingOverflow(right))
        case .subtract: return try whole(left.subtractingReportingOverflow(right))
        case .multiply: return try whole(left.multipliedReportingOverflow(by: right))
        case .divide:
            if right == 0 { throw divisionByZero }
            return .double(Double(left) / Double(right))
        case .floorDivide:
            if right == 0 { throw divisionByZero }
            if right == -1 { return try whole(0.subtractingReportingOverflow(left)) }
            let (quotient, remainder) = left.quotientAndRemainder(dividingBy: right)
            return .int(remainder != 0 && (remainder < 0) != (right < 0) ? quotient - 1 : quotient)
        case .modulo:
            if right == 0 { throw divisionByZero }
            if right == -1 { return .int(0) }
            let remainder = left % right
            return .int(remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder)
        case .power:
            if right < 0 {
                if left == 0 { throw divisionByZero }
                return .double(try power(Double(left), Double(right)))
            }
            return try wholePower(left, right)
        }
    }

    private func wholePower(_ base: Int, _ exponent: Int) throws(TemplateError) -> Object {
        if base == 0 || base == 1 || exponent == 0 { return .int(exponent == 0 ? 1 : base) }
        if base == -1 { return .int(exponent % 2 == 0 ? 1 : -1) }
        var result = 1
        for _ in 0..<min(exponent, 64) {
            let (product, overflows) = result.multipliedReportingOverflow(by: base)
            if overflows { throw tooLarge }
            result = product
        }
        if exponent > 64 { throw tooLarge }
        return .int(result)
    }

    private func whole(_ result: (partialValue: Int, overflow: Bool)) throws(TemplateError) -> Object {
        if result.overflow { throw tooLarge }
        return .int(result.partialValue)
    }

    var tooLarge: TemplateError { TemplateError(.value, "the integer has more than 64 bits: use a float such as 2.0") }

    private var divisionByZero: TemplateError { TemplateError(.value, "division by zero") }

    private func power(_ base: Double, _ exponent: Double) throws(TemplateError) -> Double {
        if base == 0, exponent < 0 { throw divisionByZero }
        if base < 0, base.isFinite, exponent.isFinite, exponent != exponent.rounded() {
            throw TemplateError(.value, "a negative number to a broken power is no real number")
        }
        let result = floatPower(base, exponent)
        if result.isInfinite, base.isFinite, exponent.isFinite {
            throw TemplateError(.value, "the result of '**' is too large for a float")
        }
        return result
    }

    func negated(_ object: Object) throws(TemplateError) -> Object {
        if case .undefined(let reason) = object { throw undefinedError(reason) }
        switch Number(object) {
        case .int(let value)?: return try whole(0.subtractingReportingOverflow(value))
        case .double(let value)?: return .double(-value)
        case nil: throw TemplateError(.type, "'-' does not take \(object.typeName)")
        }
    }
}
