extension Lexer {
    /// Cuts the inside of a tag up to and including its end.
    mutating func lexTag(opened: Int, isBlock: Bool) throws(TemplateError) {
        var brackets: [Symbol] = []
        while offset < source.count {
            if brackets.isEmpty, endTag(isBlock: isBlock) { return }
            let scalar = source[offset]
            if scalar.isPythonSpace {
                skipSpace()
            } else if scalar == "'" || scalar == "\"" {
                try lexString(quote: scalar)
            } else if scalar.isASCIIDigit {
                try lexNumber()
            } else if scalar == "_" || scalar.properties.isXIDStart {
                lexName()
            } else {
                try lexSymbol(&brackets)
            }
        }
        let end = isBlock ? "%}" : "}}"
        if let bracket = brackets.last?.closing {
            throw error("the tag is not closed: a '\(bracket.rawValue)' and then '\(end)' are missing", at: opened)
        }
        throw error("the tag is not closed: write '\(end)'", at: opened)
    }

    private mutating func endTag(isBlock: Bool) -> Bool {
        let start = offset
        if isBlock {
            let sign = peekSign(at: offset)
            guard matches("%}", at: sign == nil ? offset : offset + 1) else { return false }
            offset += sign == nil ? 2 : 3
            finishBlock(sign: sign)
            emit(.blockEnd, at: start)
        } else if matches("}}", at: offset) {
            offset += 2
            emit(.variableEnd, at: start)
        } else if matches("-}}", at: offset) {
            offset += 3
            skipSpace()
            emit(.variableEnd, at: start)
        } else {
            return false
        }
        return true
    }

    private mutating func lexName() {
        let start = offset
        while offset < source.count, source[offset] == "_" || source[offset].properties.isXIDContinue { offset += 1 }
        emit(.name(text(start..<offset)), at: start)
    }

    private mutating func lexSymbol(_ brackets: inout [Symbol]) throws(TemplateError) {
        let start = offset
        var symbol = offset + 1 < source.count ? Symbol(rawValue: text(offset..<offset + 2)) : nil
        if symbol == nil { symbol = Symbol(rawValue: text(offset..<offset + 1)) }
        guard let symbol else {
            throw error("unexpected character '\(text(offset..<offset + 1))'", at: offset)
        }
        if let closing = symbol.closing { brackets.append(closing) }
        if symbol.closes {
            guard let expected = brackets.popLast() else {
                throw error("unexpected '\(symbol.rawValue)'", at: offset)
            }
            guard expected == symbol else {
                throw error("unexpected '\(symbol.rawValue)', expected '\(expected.rawValue)'", at: offset)
            }
        }
        offset += symbol.rawValue.utf8.count
        emit(.symbol(symbol), at: start)
    }

    // MARK: Numbers

    private mutating func lexNumber() throws(TemplateError) {
        let start = offset
        let followsDot = start > 0 && source[start - 1] == "."
        if !followsDot, let end = floatEnd(from: start) {
            let digits = text(start..<end).filter { $0 != "_" }
            guard let value = Double(digits) else { throw error("'\(digits)' is no number", at: start) }
            offset = end
            emit(.float(value), at: start)
            return
        }
        let (end, radix) = integerEnd(from: start)
        let digits = text((radix == 10 ? start : start + 2)..<end).filter { $0 != "_" }
        guard let value = Int(digits, radix: radix) else {
            throw TemplateError(
                .value, "the integer \(text(start..<end)) has more than 64 bits", at: position(of: start))
        }
        offset = end
        emit(.integer(value), at: start)
    }

    /// The end of digits that may be grouped by single underscores, or nil when there is none.
    private func digitsEnd(from start: Int, where isDigit: (Unicode.Scalar) -> Bool) -> Int? {
        var index = start
        guard index < source.count, isDigit(source[index]) else { return nil }
        while index < source.count {
            if isDigit(source[index]) {
                index += 1
            } else if source[index] == "_", index + 1 < source.count, isDigit(source[index + 1]) {
                index += 2
            } else {
                break
            }
        }
        return index
    }

    private func floatEnd(from start: Int) -> Int? {
        guard var end = digitsEnd(from: start, where: \.isASCIIDigit) else { return nil }
        var isFloat = false
        if end < source.count, source[end] == ".", let fraction = digitsEnd(from: end + 1, where: \.isASCIIDigit) {
            end = fraction
            isFloat = true
        }
        if end < source.count, source[end] == "e" || source[end] == "E" {
            let digits = peekSign(at: end + 1) == nil ? end + 1 : end + 2
            if let exponent = digitsEnd(from: digits, where: \.isASCIIDigit) {
                end = exponent
                isFloat = true
            }
        }
        return isFloat ? end : nil
    }

    private func integerEnd(from start: Int) -> (end: Int, radix: Int) {
        if source[start] == "0", start + 1 < source.count {
            let radix: Int? =
                switch source[start + 1] {
                case "b", "B": 2
                case "o", "O": 8
                case "x", "X": 16
                default: nil
                }
            if let radix {
                var digits = start + 2
                if digits < source.count, source[digits] == "_" { digits += 1 }
                let isDigit = { (scalar: Unicode.Scalar) in Int(String(scalar), radix: radix) != nil }
                if let end = digitsEnd(from: digits, where: isDigit) { return (end, radix) }
            }
        }
        if source[start] == "0" {
            return (digitsEnd(from: start, where: { $0 == "0" }) ?? start + 1, 10)
        }
        return (digitsEnd(from: start, where: \.isASCIIDigit) ?? start + 1, 10)
    }

    // MARK: Strings

    private mutating func lexString(quote: Unicode.Scalar) throws(TemplateError) {
        let start = offset
        var index = start + 1
        while index < source.count, source[index] != quote {
            index += source[index] == "\\" ? 2 : 1
        }
        guard index < source.count else {
            throw error("the string is not closed: write \(quote) at its end", at: start)
        }
        let content: String
        do {
            content = try unescape(source[(start + 1)..<index])
        } catch {
            throw error.placed(at: position(of: start))
        }
        offset = index + 1
        emit(.string(content), at: start)
    }
}
