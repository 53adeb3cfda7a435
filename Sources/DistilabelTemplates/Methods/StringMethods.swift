/// Python's methods of `str`.
enum StringMethods {
    typealias Entry = Methods.Entry

    static let all: [String: Entry] = changing.merging(asking) { a, _ in a }.merging(cutting) { a, _ in a }
        .merging(padding) { a, _ in a }

    private static func text(_ base: Object) -> String { base.text ?? "" }

    /// A text of the kind that the method was called on.
    private static func like(_ base: Object, _ text: String) -> Object {
        if case .markup = base { .markup(text) } else { .string(text) }
    }

    private static func entry(_ body: @escaping @Sendable (String) -> String) -> Entry {
        Entry { (interpreter, base, _) throws(TemplateError) in
            let result = body(text(base))
            try interpreter.chargeText(result.utf8.count)
            return like(base, result)
        }
    }

    private static func test(_ body: @escaping @Sendable (String) -> Bool) -> Entry {
        Entry { _, base, _ in .bool(body(text(base))) }
    }

    private static func each(_ body: @escaping @Sendable (Unicode.Scalar) -> Bool) -> Entry {
        test { !$0.isEmpty && $0.unicodeScalars.allSatisfy(body) }
    }

    private static let changing: [String: Entry] = [
        "upper": entry(\.pythonUpper), "lower": entry(\.pythonLower), "title": entry(\.pythonTitle),
        "capitalize": entry(\.pythonCapitalized), "swapcase": entry(\.swappedCase),
        "strip": strip(left: true, right: true), "lstrip": strip(left: true, right: false),
        "rstrip": strip(left: false, right: true),
        "replace": Entry(["old", "new", "count"], required: 2) { (interpreter, base, arguments) throws(TemplateError) in
            let (old, new) = (try arguments.text(0, ""), try arguments.text(1, ""))
            return like(base, try interpreter.replaced(text(base), old, new, try arguments.int(2, -1)))
        },
        "removeprefix": Entry(["prefix"], required: 1) { (_, base, arguments) throws(TemplateError) in
            let (text, prefix) = (text(base), try arguments.text(0, ""))
            guard text.starts(with: prefix) else { return base }
            return like(base, String(decoding: text.utf8.dropFirst(prefix.utf8.count), as: UTF8.self))
        },
        "removesuffix": Entry(["suffix"], required: 1) { (_, base, arguments) throws(TemplateError) in
            let (text, suffix) = (text(base), try arguments.text(0, ""))
            guard text.ends(with: suffix) else { return base }
            return like(base, String(decoding: text.utf8.dropLast(suffix.utf8.count), as: UTF8.self))
        },
        "join": Entry(["iterable"], required: 1) { (interpreter, base, arguments) throws(TemplateError) in
            var result = ""
            for (index, element) in try interpreter.elements(of: arguments[0] ?? .none).enumerated() {
                guard let part = element.text else {
                    throw TemplateError(
                        .type, "join takes texts, and element \(index) is \(element.typeName): use the filter '|join'")
                }
                let added = part.utf8.count + text(base).utf8.count
                try interpreter.chargeText(result.utf8.count + added, adding: added)
                if index > 0 { result += text(base) }
                let escapes = interpreter.isMarkup(base) && !interpreter.isMarkup(element)
                result += escapes ? escaped(part) : part
            }
            return like(base, result)
        },
        "format": Entry(rest: true) { (interpreter, base, arguments) throws(TemplateError) in
            .string(try interpreter.braceFormat(text(base), arguments.rest, arguments.named))
        },
    ]

    private static func strip(left: Bool, right: Bool) -> Entry {
        Entry(["chars"]) { (_, base, arguments) throws(TemplateError) in
            like(base, text(base).stripped(try arguments.optionalText(0), left: left, right: right))
        }
    }

    private static let asking: [String: Entry] = [
        "isupper": test { $0.isAll(upper: true) }, "islower": test { $0.isAll(upper: false) },
        "isspace": each(\.isPythonSpace), "isalpha": each(\.isPythonAlpha), "isalnum": each(\.isAlphanumeric),
        "isnumeric": each { $0.properties.numericType != nil },
        "isdigit": each { $0.properties.numericType == .decimal || $0.properties.numericType == .digit },
        "isdecimal": each { $0.properties.numericType == .decimal },
        "isascii": test { $0.utf8.allSatisfy { $0 < 128 } },
        "isidentifier": test { text in
            guard let first = text.unicodeScalars.first, first == "_" || first.properties.isXIDStart else {
                return false
            }
            return text.unicodeScalars.allSatisfy(\.properties.isXIDContinue)
        },
        "istitle": test { text in text.pythonTitle.same(text) && text.unicodeScalars.contains { $0.properties.isCased }
        },
        "casefold": Entry { (_, base, _) throws(TemplateError) in
            guard text(base).utf8.allSatisfy({ $0 < 128 }) else {
                throw TemplateError(.unsupported, "casefold beyond ASCII is not supported in prompts: use lower()")
            }
            return like(base, text(base).pythonLower)
        },
        "startswith": edge { $0.starts(with: $1) }, "endswith": edge { $0.ends(with: $1) },
        "find": search(fromRight: false, isRequired: false), "index": search(fromRight: false, isRequired: true),
        "rfind": search(fromRight: true, isRequired: false), "rindex": search(fromRight: true, isRequired: true),
        "count": Entry(["sub", "start", "end"], required: 1) { (_, base, arguments) throws(TemplateError) in
            let part = try arguments.text(0, "")
            guard let window = try window(text(base), arguments) else { return .int(0) }
            return .int(part.isEmpty ? window.text.unicodeScalars.count + 1 : window.text.places(of: part).count)
        },
    ]

    private static func edge(_ body: @escaping @Sendable (String, String) -> Bool) -> Entry {
        Entry(["affix", "start", "end"], required: 1) { (_, base, arguments) throws(TemplateError) in
            guard let window = try window(text(base), arguments) else { return .bool(false) }
            if case .tuple(let items)? = arguments[0] {
                return .bool(items.values.contains { $0.text.map { body(window.text, $0) } ?? false })
            }
            return .bool(body(window.text, try arguments.text(0, "")))
        }
    }

    /// The part of a text between the bounds in arguments 1 and 2, with its start; nil where the start is past the end.
    private static func window(
        _ text: String, _ arguments: BoundArguments
    ) throws(TemplateError) -> (text: String, start: Int)? {
        let all = text.scalars
        func place(_ bound: Int) -> Int { bound < 0 ? max(0, bound + all.count) : bound }
        let start = place(try arguments.optionalInt(1) ?? 0)
        let end = min(all.count, place(try arguments.optionalInt(2) ?? all.count))
        return start <= end ? (String(all[start..<end]), start) : nil
    }

    private static func search(fromRight: Bool, isRequired: Bool) -> Entry {
        Entry(["sub", "start", "end"], required: 1) { (_, base, arguments) throws(TemplateError) in
            let part = try arguments.text(0, "")
            if let window = try window(text(base), arguments) {
                let bytes = Array(window.text.utf8)
                let place: Int?
                if fromRight {
                    let wanted = Array(part.utf8)
                    place = stride(from: bytes.count - wanted.count, through: 0, by: -1).first {
                        bytes[$0..<($0 + wanted.count)].elementsEqual(wanted)
                    }
                } else {
                    place = window.text.find(part)
                }
                if let place {
                    return .int(window.start + String(decoding: bytes[..<place], as: UTF8.self).unicodeScalars.count)
                }
            }
            if isRequired { throw TemplateError(.value, "the text does not contain \(quoted(part)): use find()") }
            return .int(-1)
        }
    }

    private static let cutting: [String: Entry] = [
        "split": split(fromRight: false), "rsplit": split(fromRight: true),
        "splitlines": Entry(["keepends"]) { (interpreter, base, arguments) throws(TemplateError) in
            try list(text(base).lines(keepingEnds: arguments.isTrue(0)), base, interpreter)
        },
        "partition": partition(fromRight: false), "rpartition": partition(fromRight: true),
    ]

    private static func list(
        _ parts: [String], _ base: Object, _ interpreter: Interpreter
    ) throws(TemplateError) -> Object {
        try interpreter.list(parts.map { like(base, $0) })
    }

    private static func split(fromRight: Bool) -> Entry {
        Entry(["sep", "maxsplit"]) { (interpreter, base, arguments) throws(TemplateError) in
            let limit = try arguments.int(1, -1)
            let bound = limit < 0 ? Int.max : limit
            guard let separator = try arguments.optionalText(0) else {
                return try list(text(base).words(limit: bound, fromRight: fromRight), base, interpreter)
            }
            guard !separator.isEmpty else { throw TemplateError(.value, "split takes a separator that is not empty") }
            if !fromRight { return try list(text(base).parts(separatedBy: separator, limit: bound), base, interpreter) }
            let reversed = String(text(base).unicodeScalars.reversed())
            let parts = reversed.parts(separatedBy: String(separator.unicodeScalars.reversed()), limit: bound)
            return try list(parts.reversed().map { String($0.unicodeScalars.reversed()) }, base, interpreter)
        }
    }

    private static func partition(fromRight: Bool) -> Entry {
        Entry(["sep"], required: 1) { (_, base, arguments) throws(TemplateError) in
            let separator = try arguments.text(0, "")
            guard !separator.isEmpty else { throw TemplateError(.value, "partition takes a separator, not ''") }
            let bytes = Array(text(base).utf8)
            let places = text(base).places(of: separator, limit: fromRight ? .max : 1)
            let parts: [String]
            if let place = places.last {
                let after = place + separator.utf8.count
                parts = [
                    String(decoding: bytes[..<place], as: UTF8.self), separator,
                    String(decoding: bytes[after...], as: UTF8.self),
                ]
            } else {
                parts = fromRight ? ["", "", text(base)] : [text(base), "", ""]
            }
            return .tuple(try Items(parts.map { like(base, $0) }))
        }
    }

    private static let padding: [String: Entry] = [
        "center": pad(.center), "ljust": pad(.left), "rjust": pad(.right),
        "zfill": Entry(["width"], required: 1) { (interpreter, base, arguments) throws(TemplateError) in
            let text = text(base)
            let width = try arguments.int(0, 0)
            guard let sign = text.unicodeScalars.first, sign == "-" || sign == "+" else {
                return like(base, try interpreter.padded(text, width, "0", .right))
            }
            let digits = String(text.unicodeScalars.dropFirst())
            return like(base, String(sign) + (try interpreter.padded(digits, width - 1, "0", .right)))
        },
    ]

    private static func pad(_ alignment: Alignment) -> Entry {
        Entry(["width", "fillchar"], required: 1) { (interpreter, base, arguments) throws(TemplateError) in
            let fill = try arguments.text(1, " ")
            guard fill.unicodeScalars.count == 1 else { throw TemplateError(.value, "the fill is to be one character") }
            return like(base, try interpreter.padded(text(base), try arguments.int(0, 0), fill, alignment))
        }
    }
}
