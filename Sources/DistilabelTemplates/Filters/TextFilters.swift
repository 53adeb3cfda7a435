/// Filters that give a text.
enum TextFilters {
    static let all: [Filter] = [
        Filter("upper", upper), Filter("lower", lower), Filter("capitalize", capitalize), Filter("title", title),
        Filter("trim", ["chars"], trim), Filter("string", string), Filter("safe", safe),
        Filter("replace", ["old", "new", "count"], required: 2, replace),
        Filter("indent", ["width", "first", "blank"], indent),
        Filter("truncate", ["length", "killwords", "end", "leeway"], truncate),
        Filter("center", ["width"], center), Filter("wordcount", wordcount),
        Filter("wordwrap", ["width", "break_long_words", "wrapstring", "break_on_hyphens"], wordwrap),
        Filter("format", [], rest: true, format), Filter("striptags", striptags),
        Filter("escape", escape), Filter("e", escape), Filter("forceescape", forceescape),
        Filter("urlencode", urlencode),
    ]

    /// Does something with a value's text; what was marked as safe stays so.
    private static func mapped(
        _ interpreter: Interpreter, _ value: Object, _ body: (String) -> String
    ) throws(TemplateError) -> Object {
        let text = body(try interpreter.printedText(value))
        try interpreter.chargeText(text.utf8.count)
        return interpreter.isMarkup(value) ? .markup(text) : .string(text)
    }

    @Sendable private static func upper(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        try mapped(interpreter, value, \.pythonUpper)
    }

    @Sendable private static func lower(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        try mapped(interpreter, value, \.pythonLower)
    }

    @Sendable private static func capitalize(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        try mapped(interpreter, value, \.pythonCapitalized)
    }

    /// Unlike the method, the filter takes only some characters for the ends of words: "it's" becomes "It's".
    @Sendable private static func title(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let ends: Set<Unicode.Scalar> = ["-", "(", "{", "[", "<"]
        return try mapped(interpreter, value) { text in
            var result = ""
            var word: [Unicode.Scalar] = []
            func flush() {
                guard let first = word.first else { return }
                result += first.properties.uppercaseMapping + String(word.dropFirst()).pythonLower
                word = []
            }
            for scalar in text.unicodeScalars {
                if ends.contains(scalar) || scalar.isPythonSpace {
                    flush()
                    result.unicodeScalars.append(scalar)
                } else {
                    word.append(scalar)
                }
            }
            flush()
            return result
        }
    }

    @Sendable private static func trim(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let characters = try arguments.optionalText(0)
        return try mapped(interpreter, value) { $0.stripped(characters) }
    }

    @Sendable private static func string(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        try mapped(interpreter, value) { $0 }
    }

    @Sendable private static func safe(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        .markup(try interpreter.printedText(value))
    }

    @Sendable private static func replace(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let text = try interpreter.printedText(value)
        let old = try interpreter.printedText(arguments[0] ?? .none)
        let new = try interpreter.printedText(arguments[1] ?? .none)
        let count = try arguments.optionalInt(2) ?? -1
        return .string(try interpreter.replaced(text, old, new, count))
    }

    @Sendable private static func indent(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        guard let text = value.text else {
            throw TemplateError(.type, "indent takes a str, not \(value.typeName): add '|string' before")
        }
        let margin: String
        if let given = arguments[0]?.text {
            margin = given
        } else {
            margin = try interpreter.repeated(" ", try arguments.int(0, 4))
        }
        var lines = (text + "\n").lines()
        try interpreter.chargeText(text.utf8.count + lines.count * margin.utf8.count)
        for index in lines.indices.dropFirst() where arguments.isTrue(2) || !lines[index].isEmpty {
            lines[index] = margin + lines[index]
        }
        let result = (arguments.isTrue(1) ? margin : "") + lines.joined(separator: "\n")
        return interpreter.isMarkup(value) ? .markup(result) : .string(result)
    }

    @Sendable private static func truncate(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        guard let text = value.text else {
            throw TemplateError(.type, "truncate takes a str, not \(value.typeName): add '|string' before")
        }
        let length = try arguments.int(0, 255)
        let end = try arguments.text(2, "...")
        let leeway = try arguments.optionalInt(3) ?? 5
        let scalars = text.scalars
        let endCount = end.unicodeScalars.count
        guard length >= endCount, leeway >= 0 else {
            throw TemplateError(.value, "truncate takes a length of at least \(endCount) and no negative leeway")
        }
        if scalars.count <= length.addingReportingOverflow(leeway).partialValue || length > Int.max - leeway {
            return value
        }
        var kept = String(scalars.prefix(length - endCount))
        if !arguments.isTrue(1) { kept = kept.cutAtLast(" ") }
        return .string(kept + end)
    }

    @Sendable private static func center(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let width = try arguments.int(0, 80)
        let text = try interpreter.printedText(value)
        return .string(try interpreter.padded(text, width, " ", .center))
    }

    @Sendable private static func wordcount(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        var count = 0
        var isInWord = false
        for scalar in try interpreter.printedText(value).unicodeScalars {
            let isWord = scalar == "_" || scalar.isAlphanumeric
            if isWord, !isInWord { count += 1 }
            isInWord = isWord
        }
        return .int(count)
    }

    @Sendable private static func wordwrap(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        guard let text = value.text else {
            throw TemplateError(.type, "wordwrap takes a str, not \(value.typeName): add '|string' before")
        }
        let wrap = TextWrap(
            width: try arguments.int(0, 79), breaksLongWords: arguments[1]?.isTrue ?? true,
            breaksOnHyphens: arguments[3]?.isTrue ?? true)
        guard wrap.width > 0 else { throw TemplateError(.value, "wordwrap takes a width of at least 1") }
        let separator = try arguments.optionalText(2) ?? "\n"
        try interpreter.chargeText(text.utf8.count * 2)
        let lines = text.lines().map { wrap.lines(of: $0).joined(separator: separator) }
        return .string(lines.joined(separator: separator))
    }

    @Sendable private static func format(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        guard arguments.rest.isEmpty || arguments.named.isEmpty else {
            throw TemplateError(.arguments, "format takes values either with names or without, not both")
        }
        let text = try interpreter.printedText(value)
        let values: Object
        if arguments.named.isEmpty {
            values = .tuple(try Items(arguments.rest))
        } else {
            values = .dict(try Pairs(arguments.named.map { (key: Object.string($0.name), value: $0.value) }))
        }
        let isMarkup = interpreter.isMarkup(value)
        let result = try interpreter.percentFormat(text, with: values, escapes: isMarkup)
        return isMarkup ? .markup(result) : .string(result)
    }

    @Sendable private static func striptags(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        .string(strippedTags(try interpreter.printedText(value)))
    }

    @Sendable private static func escape(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        if interpreter.isMarkup(value) { return value }
        return try forceescape(interpreter, value, arguments)
    }

    @Sendable private static func forceescape(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let text = escaped(try interpreter.printedText(value))
        try interpreter.chargeText(text.utf8.count)
        return .markup(text)
    }

    @Sendable private static func urlencode(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        let pairs: [Object]
        switch value {
        case .dict(let dictionary): pairs = try DictionaryView(kind: .items, pairs: dictionary).objects()
        case .list, .tuple, .view, .lazy: pairs = try interpreter.elements(of: value)
        default: return .string(percentEncoded(try interpreter.printedText(value), forQuery: false))
        }
        var parts: [String] = []
        for pair in pairs {
            let pair = try interpreter.elements(of: pair)
            guard pair.count == 2 else { throw TemplateError(.value, "urlencode takes pairs of key and value") }
            let key = percentEncoded(try interpreter.printedText(pair[0]), forQuery: true)
            parts.append(key + "=" + percentEncoded(try interpreter.printedText(pair[1]), forQuery: true))
        }
        return .string(parts.joined(separator: "&"))
    }
}
