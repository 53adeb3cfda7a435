/// Python's case conversions, which go by Unicode scalars.
extension String {
    /// `str.upper`.
    var pythonUpper: String {
        var result = ""
        for scalar in unicodeScalars { result += scalar.properties.uppercaseMapping }
        return result
    }

    /// `str.lower`, with the small sigma that ends a word.
    var pythonLower: String {
        let all = scalars
        var result = ""
        for (index, scalar) in all.enumerated() { result += Self.lower(scalar, at: index, in: all) }
        return result
    }

    private static func lower(_ scalar: Unicode.Scalar, at index: Int, in all: [Unicode.Scalar]) -> String {
        guard scalar == "Σ" else { return scalar.properties.lowercaseMapping }
        let before = all[..<index].last { !$0.properties.isCaseIgnorable }
        let after = all[(index + 1)...].first { !$0.properties.isCaseIgnorable }
        let endsWord = (before?.properties.isCased ?? false) && !(after?.properties.isCased ?? false)
        return endsWord ? "ς" : "σ"
    }

    /// `str.capitalize`: the first scalar in title case, the rest in lower case.
    var pythonCapitalized: String {
        let all = scalars
        guard let first = all.first else { return "" }
        var result = first.properties.titlecaseMapping
        for index in all.indices.dropFirst() { result += Self.lower(all[index], at: index, in: all) }
        return result
    }

    /// `str.title`: title case after everything that has no case.
    var pythonTitle: String {
        let all = scalars
        var result = ""
        var isInWord = false
        for (index, scalar) in all.enumerated() {
            result += isInWord ? Self.lower(scalar, at: index, in: all) : scalar.properties.titlecaseMapping
            isInWord = scalar.properties.isCased
        }
        return result
    }

    /// `str.swapcase`.
    var swappedCase: String {
        let all = scalars
        var result = ""
        for (index, scalar) in all.enumerated() {
            if scalar.properties.isUppercase {
                result += Self.lower(scalar, at: index, in: all)
            } else if scalar.properties.isLowercase {
                result += scalar.properties.uppercaseMapping
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Whether something has a case and nothing has the other (`str.isupper`, `str.islower`).
    func isAll(upper: Bool) -> Bool {
        var found = false
        for scalar in unicodeScalars {
            let properties = scalar.properties
            let isTitle = properties.generalCategory == .titlecaseLetter
            if isTitle || (upper ? properties.isLowercase : properties.isUppercase) { return false }
            if upper ? properties.isUppercase : properties.isLowercase { found = true }
        }
        return found
    }
}
