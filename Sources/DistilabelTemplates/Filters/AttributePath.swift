/// What filters call an attribute: names and indexes with dots between them.
struct AttributePath {
    private var parts: [Object]

    init(_ path: Object) {
        if let text = path.text {
            parts = text.parts(separatedBy: ".").map { part in
                guard !part.isEmpty, part.utf8.allSatisfy({ 48...57 ~= $0 }), let index = Int(part) else {
                    return .string(part)
                }
                return .int(index)
            }
        } else {
            parts = [path]
        }
    }

    /// Nil where no attribute is asked for.
    init?(optional path: Object?) throws(TemplateError) {
        switch path {
        case nil, Object.none?: return nil
        case let path?: self.init(path)
        }
    }

    func value(
        in object: Object, _ interpreter: Interpreter, fallback: Object? = nil
    ) throws(TemplateError) -> Object {
        var value = object
        for part in parts {
            value = try interpreter.item(part, of: value)
            if let fallback, value.isUndefined { value = fallback }
        }
        return value
    }
}

/// How filters that order or compare see an element: its attributes, letters without their case unless asked.
struct SortKey {
    var paths: [AttributePath?]
    var isCaseSensitive: Bool

    /// Takes the comma-separated attributes of `sort`.
    init(severalOf attribute: Object?, isCaseSensitive: Bool) throws(TemplateError) {
        if let text = attribute?.text {
            paths = text.parts(separatedBy: ",").map { AttributePath(.string($0)) }
        } else {
            paths = [try AttributePath(optional: attribute)]
        }
        self.isCaseSensitive = isCaseSensitive
    }

    init(_ attribute: Object?, isCaseSensitive: Bool) throws(TemplateError) {
        paths = [try AttributePath(optional: attribute)]
        self.isCaseSensitive = isCaseSensitive
    }

    func key(
        of object: Object, _ interpreter: Interpreter, fallback: Object? = nil
    ) throws(TemplateError) -> Object {
        var keys: [Object] = []
        for path in paths {
            let value = try path?.value(in: object, interpreter, fallback: fallback) ?? object
            keys.append(folded(value))
        }
        return keys.count == 1 ? keys[0] : .list(try Items(keys))
    }

    func folded(_ value: Object) -> Object {
        guard !isCaseSensitive, let text = value.text else { return value }
        return .string(text.pythonLower)
    }
}
