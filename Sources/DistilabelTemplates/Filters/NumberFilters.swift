/// Filters that give a number.
enum NumberFilters {
    static let all: [Filter] = [
        Filter("int", ["default", "base"], int), Filter("float", ["default"], float),
        Filter("round", ["precision", "method"], round), Filter("abs", abs),
        Filter("sum", ["attribute", "start"], sum), Filter("length", length), Filter("count", length),
    ]

    @Sendable private static func int(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let fallback = arguments[0] ?? .int(0)
        switch value {
        case .undefined(let reason): throw interpreter.undefinedError(reason)
        case .double(let number): return try whole(number, fallback)
        case .string(let text), .markup(let text):
            switch parseInteger(text, base: try arguments.int(1, 10)) {
            case .value(let number): return .int(number)
            case .tooLarge: throw interpreter.tooLarge
            case .none: break
            }
            guard let number = parseFloat(text) else { return fallback }
            return number.isInfinite ? fallback : try whole(number, fallback)
        default: return Number(value)?.object ?? fallback
        }
    }

    private static func whole(_ number: Double, _ fallback: Object) throws(TemplateError) -> Object {
        if number.isNaN { return fallback }
        if let value = Int(exactly: number.rounded(.towardZero)) { return .int(value) }
        throw TemplateError(.value, "\(pythonText(of: number)) has no integer of 64 bits")
    }

    @Sendable private static func float(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let fallback = arguments[0] ?? .double(0)
        if case .undefined(let reason) = value { throw interpreter.undefinedError(reason) }
        if let text = value.text { return parseFloat(text).map { .double($0) } ?? fallback }
        return Number(value).map { .double($0.double) } ?? fallback
    }

    @Sendable private static func round(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let places = try arguments.int(0, 0)
        let method = try arguments.text(1, "common")
        guard let number = Number(value) else {
            throw TemplateError(.type, "round takes a number, not \(value.typeName): add '|float' before")
        }
        switch method {
        case "common":
            switch number {
            case .double(let number): return .double(rounded(number, places: places))
            case .int(let number):
                guard places < 0 else { return .int(number) }
                return .int(try roundedTens(number, -places))
            }
        case "ceil", "floor":
            let factor = floatPower(10, Double(places))
            let scaled = number.double * factor
            guard scaled.isFinite, factor.isFinite, factor > 0 else {
                throw TemplateError(.value, "the number is too large to round to \(places) places")
            }
            return .double(scaled.rounded(method == "ceil" ? .up : .down) / factor)
        default: throw TemplateError(.arguments, "round's method is 'common', 'ceil' or 'floor', not '\(method)'")
        }
    }

    private static func roundedTens(_ value: Int, _ zeros: Int) throws(TemplateError) -> Int {
        guard zeros < 19 else { return 0 }
        let unit = (0..<zeros).reduce(1) { power, _ in power * 10 }
        let remainder = value % unit
        let base = value - remainder
        let twice = remainder.magnitude * 2
        let isOdd = (base / unit) % 2 != 0
        guard twice > UInt(unit) || (twice == UInt(unit) && isOdd) else { return base }
        let (result, overflows) = base.addingReportingOverflow(value < 0 ? -unit : unit)
        if overflows { throw TemplateError(.value, "the rounded integer has more than 64 bits") }
        return result
    }

    @Sendable private static func abs(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        if case .undefined(let reason) = value { throw interpreter.undefinedError(reason) }
        switch Number(value) {
        case .int(let number)?: return number < 0 ? try interpreter.negated(.int(number)) : .int(number)
        case .double(let number)?: return .double(number.magnitude)
        case nil: throw TemplateError(.type, "abs takes a number, not \(value.typeName)")
        }
    }

    @Sendable private static func sum(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        var total = arguments[1] ?? .int(0)
        if total.text != nil { throw TemplateError(.type, "sum adds no texts: use '|join'") }
        let path = try AttributePath(optional: arguments[0])
        for element in try interpreter.elements(of: value) {
            total = try interpreter.apply(.add, total, try path?.value(in: element, interpreter) ?? element)
        }
        return total
    }

    @Sendable private static func length(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        .int(try interpreter.length(of: value))
    }
}
