/// Cuts a template's source into tokens.
///
/// White space control follows the rules of Jinja's own lexer: `-` strips all white space on its side, `+` keeps what
/// the options would strip, and a comment or raw block behaves like a block tag.
struct Lexer {
    let source: [Unicode.Scalar]
    let options: TemplateOptions
    var offset = 0
    var tokens: [Token] = []
    /// The offsets at which lines start, to tell positions when they are asked for.
    private let lineStarts: [Int]

    init(_ text: String, options: TemplateOptions) {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.utf8.count)
        var afterReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\r" {
                scalars.append("\n")
            } else if !(scalar == "\n" && afterReturn) {
                scalars.append(scalar)
            }
            afterReturn = scalar == "\r"
        }
        if !options.keepTrailingNewline, scalars.last == "\n" { scalars.removeLast() }
        source = scalars
        self.options = options
        lineStarts = [0] + scalars.indices.filter { scalars[$0] == "\n" }.map { $0 + 1 }
    }

    /// All tokens of the source, the last one ``Token/Kind/end``.
    mutating func run() throws(TemplateError) -> [Token] {
        while offset < source.count {
            guard let start = nextTag() else {
                emit(.data(text(offset..<source.count)), at: offset)
                offset = source.count
                break
            }
            try tag(at: start)
        }
        emit(.end, at: source.count)
        return tokens
    }

    private func nextTag() -> Int? {
        var index = offset
        while index + 1 < source.count {
            if source[index] == "{", ["{", "%", "#"].contains(source[index + 1]) { return index }
            index += 1
        }
        return nil
    }

    private mutating func tag(at start: Int) throws(TemplateError) {
        let kind = source[start + 1]
        var after = start + 2
        let sign = peekSign(at: after)
        if sign != nil { after += 1 }
        emitData(offset..<start, sign: sign, mayStrip: kind != "{")
        if kind == "#" {
            try skipComment(from: after, opened: start)
        } else if kind == "{" {
            emit(.variableBegin, at: start)
            offset = after
            try lexTag(opened: start, isBlock: false)
        } else if let body = rawBody(from: after) {
            try raw(from: body, opened: start)
        } else {
            emit(.blockBegin, at: start)
            offset = after
            try lexTag(opened: start, isBlock: true)
        }
    }

    /// Emits the text before a tag, less what the tag's sign or the options strip.
    private mutating func emitData(_ range: Range<Int>, sign: Unicode.Scalar?, mayStrip: Bool) {
        var end = range.upperBound
        if sign == "-" {
            while end > range.lowerBound, source[end - 1].isPythonSpace { end -= 1 }
        } else if sign == nil, options.lstripBlocks, mayStrip {
            var lineStart = end
            while lineStart > range.lowerBound, source[lineStart - 1] != "\n" { lineStart -= 1 }
            let startsLine = lineStart == 0 || source[lineStart - 1] == "\n"
            if startsLine, source[lineStart..<end].allSatisfy(\.isPythonSpace) { end = lineStart }
        }
        if end > range.lowerBound { emit(.data(text(range.lowerBound..<end)), at: range.lowerBound) }
    }

    private mutating func skipComment(from start: Int, opened: Int) throws(TemplateError) {
        guard let end = find("#", "}", from: start) else {
            throw error("the comment is not closed: write '#}'", at: opened)
        }
        let sign = end > start ? peekSign(at: end - 1) : nil
        offset = end + 2
        finishBlock(sign: sign)
    }

    /// Where the text of a raw block starts, when the tag whose inside starts at `start` opens one.
    private func rawBody(from start: Int) -> Int? {
        var index = start
        while index < source.count, source[index].isPythonSpace { index += 1 }
        guard matches("raw", at: index) else { return nil }
        index += 3
        while index < source.count, source[index].isPythonSpace { index += 1 }
        if matches("%}", at: index) { return index + 2 }
        guard matches("-%}", at: index) else { return nil }
        index += 3
        while index < source.count, source[index].isPythonSpace { index += 1 }
        return index
    }

    private mutating func raw(from start: Int, opened: Int) throws(TemplateError) {
        var search = start
        while let open = find("{", "%", from: search) {
            var index = open + 2
            let sign = peekSign(at: index)
            if sign != nil { index += 1 }
            while index < source.count, source[index].isPythonSpace { index += 1 }
            if matches("endraw", at: index) {
                index += 6
                while index < source.count, source[index].isPythonSpace { index += 1 }
                let endSign = peekSign(at: index)
                if endSign != nil { index += 1 }
                if matches("%}", at: index) {
                    emitData(start..<open, sign: sign, mayStrip: true)
                    offset = index + 2
                    finishBlock(sign: endSign)
                    return
                }
            }
            search = open + 1
        }
        throw error("the raw block is not closed: write '{% endraw %}'", at: opened)
    }

    /// Skips what a block's closing tag swallows after itself.
    mutating func finishBlock(sign: Unicode.Scalar?) {
        if sign == "-" {
            skipSpace()
        } else if sign == nil, options.trimBlocks, offset < source.count, source[offset] == "\n" {
            offset += 1
        }
    }

    mutating func skipSpace() {
        while offset < source.count, source[offset].isPythonSpace { offset += 1 }
    }

    // MARK: Looking

    func peekSign(at index: Int) -> Unicode.Scalar? {
        guard index < source.count, source[index] == "-" || source[index] == "+" else { return nil }
        return source[index]
    }

    func matches(_ text: String, at index: Int) -> Bool {
        var index = index
        for scalar in text.unicodeScalars {
            guard index < source.count, source[index] == scalar else { return false }
            index += 1
        }
        return true
    }

    private func find(_ first: Unicode.Scalar, _ second: Unicode.Scalar, from start: Int) -> Int? {
        var index = start
        while index + 1 < source.count {
            if source[index] == first, source[index + 1] == second { return index }
            index += 1
        }
        return nil
    }

    func text(_ range: Range<Int>) -> String {
        var result = String.UnicodeScalarView()
        result.append(contentsOf: source[range])
        return String(result)
    }

    mutating func emit(_ kind: Token.Kind, at index: Int) {
        tokens.append(Token(kind: kind, position: position(of: index)))
    }

    func position(of index: Int) -> Position {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= index { low = middle } else { high = middle }
        }
        return Position(line: low + 1, column: index - lineStarts[low] + 1)
    }

    func error(_ message: String, at index: Int) -> TemplateError {
        TemplateError(.syntax, message, at: position(of: index))
    }
}
