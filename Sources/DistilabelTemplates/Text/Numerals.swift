/// What reading an integer gives.
enum ParsedInteger {
    case value(Int)
    case tooLarge
    case none
}

/// An integer as Python's `int` reads it: spaces around, a sign, single underscores between digits.
func parseInteger(_ text: String, base: Int) -> ParsedInteger {
    var digits = text.stripped()[...]
    let isNegative = digits.hasPrefix("-")
    if isNegative || digits.hasPrefix("+") { digits = digits.dropFirst() }
    var base = base
    let prefixes = [2: "0b", 8: "0o", 16: "0x"]
    let lowered = digits.lowercased()
    if base == 0 {
        base = prefixes.first { lowered.hasPrefix($0.value) }?.key ?? 10
        if base == 10, lowered.hasPrefix("0"), lowered.contains(where: { $0 != "0" && $0 != "_" }) { return .none }
    }
    guard 2...36 ~= base else { return .none }
    if let prefix = prefixes[base], lowered.hasPrefix(prefix) {
        digits = digits.dropFirst(2)
        if digits.hasPrefix("_") { digits = digits.dropFirst() }
    }
    guard let plain = withoutUnderscores(digits, where: { $0.isASCII && $0.isHexOrLetter }) else { return .none }
    guard plain.allSatisfy({ Int(String($0), radix: base) != nil }) else { return .none }
    guard let value = Int((isNegative ? "-" : "") + plain, radix: base) else { return .tooLarge }
    return .value(value)
}

/// A float as Python's `float` reads it, `nan` and `inf` included.
func parseFloat(_ text: String) -> Double? {
    let stripped = text.stripped()
    var body = stripped[...]
    let isNegative = body.hasPrefix("-")
    if isNegative || body.hasPrefix("+") { body = body.dropFirst() }
    switch body.lowercased() {
    case "nan": return .nan
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    default: break
    }
    guard let first = body.unicodeScalars.first, first.isASCIIDigit || first == "." else { return nil }
    guard body.unicodeScalars.allSatisfy({ $0.isASCIIDigit || "._eE+-".unicodeScalars.contains($0) }) else {
        return nil
    }
    var plain = ""
    let all = Array(body.unicodeScalars)
    for (index, scalar) in all.enumerated() {
        if scalar == "_" {
            guard index > 0, all[index - 1].isASCIIDigit, index + 1 < all.count, all[index + 1].isASCIIDigit else {
                return nil
            }
        } else {
            plain.unicodeScalars.append(scalar)
        }
    }
    guard plain != ".", let value = Double(plain.hasPrefix(".") ? "0" + plain : plain) else {
        return plain.hasSuffix(".") ? Double(plain + "0").map { isNegative ? -$0 : $0 } : nil
    }
    return isNegative ? -value : value
}

private func withoutUnderscores(_ text: Substring, where isDigit: (Character) -> Bool) -> String? {
    var result = ""
    var wasDigit = false
    for character in text {
        if character == "_" {
            guard wasDigit else { return nil }
            wasDigit = false
        } else {
            guard isDigit(character) else { return nil }
            result.append(character)
            wasDigit = true
        }
    }
    return wasDigit ? result : nil
}

extension Character {
    fileprivate var isHexOrLetter: Bool { isLetter || isNumber }
}
