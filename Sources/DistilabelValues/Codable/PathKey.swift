/// A step of a path: a key of an object or a position in a list.
struct PathKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }

    init(_ name: String) { self.init(stringValue: name) }
}

/// Paths as messages write them: `steps[2].llm.temperature`.
enum Path {
    static func text(_ path: [any CodingKey]) -> String {
        var text = ""
        for key in path {
            if let position = key.intValue {
                text += "[\(position)]"
            } else if isPlain(key.stringValue) {
                text += text.isEmpty ? key.stringValue : "." + key.stringValue
            } else {
                text += "[\"\(key.stringValue)\"]"
            }
        }
        return text
    }

    /// A path inside of another one.
    static func joined(_ outer: String, _ inner: String) -> String {
        if outer.isEmpty || inner.isEmpty { return outer + inner }
        return inner.hasPrefix("[") ? outer + inner : outer + "." + inner
    }

    private static func isPlain(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.allSatisfy { $0 > 0x20 && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "[") }
    }
}
