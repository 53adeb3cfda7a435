/// The digits of a float's magnitude in C's formats `e`, `f` and `g`.
func formatted(_ value: Double, as type: Unicode.Scalar, precision: Int, isAlternate: Bool = false) -> String {
    let isUpper = type.properties.isUppercase
    if !value.isFinite { return value.isNaN ? (isUpper ? "NAN" : "nan") : (isUpper ? "INF" : "inf") }
    var decimal = Decimal(value.magnitude)
    switch type {
    case "f", "F":
        decimal.round(toPlaces: precision)
        let text = decimal.fixed(places: precision)
        return precision == 0 && isAlternate ? text + "." : text
    case "e", "E":
        return exponential(&decimal, digits: precision + 1, isUpper: isUpper, isAlternate: isAlternate)
    default:
        let significant = max(1, precision)
        var probe = decimal
        probe.round(toPlaces: significant - 1 - probe.exponent)
        let exponent = probe.exponent
        var text: String
        var power = ""
        if exponent < -4 || exponent >= significant {
            let full = exponential(&decimal, digits: significant, isUpper: isUpper, isAlternate: isAlternate)
            let mark = full.firstIndex { $0 == "e" || $0 == "E" } ?? full.endIndex
            text = String(full[..<mark])
            power = String(full[mark...])
        } else {
            let places = significant - 1 - exponent
            decimal.round(toPlaces: places)
            text = decimal.fixed(places: places)
        }
        if !isAlternate, text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        return text + power
    }
}

private func exponential(_ decimal: inout Decimal, digits: Int, isUpper: Bool, isAlternate: Bool) -> String {
    decimal.round(toPlaces: digits - 1 - decimal.exponent)
    let exponent = decimal.exponent
    var all = decimal.digits.map { String($0) }.joined()
    if all.isEmpty { all = "0" }
    // Rounding up may have added a digit, which is a zero at the end.
    all = String(all.prefix(digits))
    all += String(repeating: "0", count: digits - all.count)
    let fraction = digits > 1 ? "." + all.dropFirst() : isAlternate ? "." : ""
    let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
    return "\(all.prefix(1))\(fraction)\(isUpper ? "E" : "e")\(exponent < 0 ? "-" : "+")\(power)"
}
