/// Searching and cutting by scalars; Swift's own would take canonically equivalent texts for equal.
extension String {
    /// The offset in UTF-8 of the first place of a text, from a place on.
    func find(_ part: String, from start: Int = 0) -> Int? {
        let (bytes, wanted) = (Array(utf8), Array(part.utf8))
        return Self.find(wanted, in: bytes, from: start)
    }

    static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard let first = wanted.first else { return start <= bytes.count ? start : nil }
        var index = start
        while index + wanted.count <= bytes.count {
            if bytes[index] == first, bytes[index..<(index + wanted.count)].elementsEqual(wanted) { return index }
            index += 1
        }
        return nil
    }

    func starts(with prefix: String) -> Bool { utf8.starts(with: prefix.utf8) }

    func ends(with suffix: String) -> Bool { utf8.reversed().starts(with: suffix.utf8.reversed()) }

    /// All places of a text that do not overlap, in UTF-8.
    func places(of part: String, limit: Int = .max) -> [Int] {
        let (bytes, wanted) = (Array(utf8), Array(part.utf8))
        var places: [Int] = []
        var start = 0
        while places.count < limit, !wanted.isEmpty, let place = Self.find(wanted, in: bytes, from: start) {
            places.append(place)
            start = place + wanted.count
        }
        return places
    }

    /// The parts between the places of a separator that is not empty.
    func parts(separatedBy separator: String, limit: Int = .max) -> [String] {
        let bytes = Array(utf8)
        var result: [String] = []
        var start = 0
        for place in places(of: separator, limit: limit) {
            result.append(String(decoding: bytes[start..<place], as: UTF8.self))
            start = place + separator.utf8.count
        }
        result.append(String(decoding: bytes[start...], as: UTF8.self))
        return result
    }

    /// `str.replace`.
    func replacing(_ old: String, by new: String, limit: Int = .max) -> String {
        if !old.isEmpty { return parts(separatedBy: old, limit: limit).joined(separator: new) }
        var result = ""
        var left = limit
        for scalar in unicodeScalars {
            if left > 0 { result += new }
            left -= left > 0 ? 1 : 0
            result.unicodeScalars.append(scalar)
        }
        return left > 0 ? result + new : result
    }

    /// `str.strip` of white space or of given scalars, on either or both sides.
    func stripped(_ characters: String? = nil, left: Bool = true, right: Bool = true) -> String {
        let set = characters.map { Set($0.unicodeScalars) }
        let all = scalars
        var (start, end) = (0, all.count)
        let drops = { (scalar: Unicode.Scalar) in set?.contains(scalar) ?? scalar.isPythonSpace }
        while left, start < end, drops(all[start]) { start += 1 }
        while right, end > start, drops(all[end - 1]) { end -= 1 }
        return String(all[start..<end])
    }

    /// `str.splitlines`.
    func lines(keepingEnds: Bool = false) -> [String] {
        let all = scalars
        var result: [String] = []
        var start = 0
        var index = 0
        while index < all.count {
            guard all[index].isLineBreak else {
                index += 1
                continue
            }
            let end = all[index] == "\r" && index + 1 < all.count && all[index + 1] == "\n" ? index + 2 : index + 1
            result.append(String(all[start..<(keepingEnds ? end : index)]))
            (start, index) = (end, end)
        }
        if start < all.count { result.append(String(all[start...])) }
        return result
    }

    /// `str.split` and `str.rsplit` at white space.
    func words(limit: Int = .max, fromRight: Bool = false) -> [String] {
        let all = fromRight ? scalars.reversed() : scalars
        var result: [[Unicode.Scalar]] = []
        var index = 0
        while true {
            while index < all.count, all[index].isPythonSpace { index += 1 }
            guard index < all.count else { break }
            let start = index
            if result.count == limit {
                result.append(Array(all[start...]))
                break
            }
            while index < all.count, !all[index].isPythonSpace { index += 1 }
            result.append(Array(all[start..<index]))
        }
        return fromRight ? result.reversed().map { String($0.reversed()) } : result.map { String($0) }
    }
}

/// A text with HTML's special characters escaped, as `escape` does it.
func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { [38, 60, 62, 34, 39].contains($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&#34;"
        case "'": result += "&#39;"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
