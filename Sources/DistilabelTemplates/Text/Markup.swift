/// A text without its HTML tags and comments, runs of white space made one space, character references resolved.
func strippedTags(_ text: String) -> String {
    var value = text
    while let start = value.find("<!--"), let end = value.find("-->", from: start) {
        let bytes = Array(value.utf8)
        value = String(decoding: bytes[..<start] + bytes[(end + 3)...], as: UTF8.self)
    }
    while let start = value.find("<"), let end = value.find(">", from: start) {
        let bytes = Array(value.utf8)
        value = String(decoding: bytes[..<start] + bytes[(end + 1)...], as: UTF8.self)
    }
    return unescapedReferences(value.words().joined(separator: " "))
}

/// Resolves numbered character references and the few named ones that matter in texts.
private func unescapedReferences(_ text: String) -> String {
    let named = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}"]
    var result = ""
    var rest = text.unicodeScalars[...]
    while let ampersand = rest.firstIndex(of: "&") {
        result.unicodeScalars.append(contentsOf: rest[..<ampersand])
        let after = rest[rest.index(after: ampersand)...]
        guard let semicolon = after.prefix(12).firstIndex(of: ";") else {
            result += "&"
            rest = after
            continue
        }
        let reference = String(after[..<semicolon])
        var replacement = named[reference]
        if reference.hasPrefix("#") {
            let digits = reference.dropFirst()
            let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
            let code = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            replacement = code.flatMap { Unicode.Scalar($0) }.map { String($0) }
        }
        if let replacement {
            result += replacement
            rest = after[after.index(after: semicolon)...]
        } else {
            result += "&"
            rest = after
        }
    }
    result.unicodeScalars.append(contentsOf: rest)
    return result
}

/// A text as it stands in a URL; a query quotes slashes too and writes spaces as `+`.
func percentEncoded(_ text: String, forQuery: Bool) -> String {
    var result = ""
    for byte in text.utf8 {
        let scalar = Unicode.Scalar(byte)
        let isPlain = byte < 128 && (scalar.isAlphanumeric || "_.-~".unicodeScalars.contains(scalar))
        if isPlain || (byte == 47 && !forQuery) {
            result.unicodeScalars.append(scalar)
        } else if byte == 32, forQuery {
            result += "+"
        } else {
            result += "%" + hexadecimal(UInt32(byte), width: 2).uppercased()
        }
    }
    return result
}
