internal import DistilabelValues

/// Checks the turns of a conversation: their shape, their texts, who speaks after whom.
struct TurnCheck {
    /// Where a conversation stands in a row.
    enum Place {
        /// It is all there is: it begins with the user, behind the system prompt, and ends with an answer.
        case whole
        /// An answer follows elsewhere: it ends with the user, or with a tool.
        case prompt
        /// It follows a prompt that stands elsewhere: it begins and ends with an answer.
        case answer
    }

    /// A fault and, where it says more, what is wrong in this row.
    struct Fault: Hashable {
        var message: String
        var example: String?
    }

    /// What a turn is made of: `role` and `content`, or `from` and `value`.
    var isShareGPT = false
    /// The characters of all texts together.
    private(set) var characters = 0
    private(set) var faults: [Fault] = []

    private static let roles: Set<String> = ["system", "developer", "user", "assistant", "tool"]

    private var keys: (role: String, content: String) { isShareGPT ? ("from", "value") : ("role", "content") }

    init(isShareGPT: Bool = false) { self.isShareGPT = isShareGPT }

    /// Checks the conversation of a column.
    mutating func check(_ value: Value, column: String, as place: Place) {
        guard case .array(let items) = value else {
            return add("'\(column)' is no conversation", "it is a \(value.kindName)")
        }
        guard !items.isEmpty else { return add("'\(column)' has no turns") }
        var roles: [String] = []
        for item in items {
            guard let role = role(of: item, column: column) else { return }
            roles.append(role)
        }
        check(roles, column: column, as: place)
    }

    private mutating func role(of item: Value, column: String) -> String? {
        guard let said = item[keys.role]?.stringValue else {
            add("'\(column)' has turns without '\(keys.role)' and '\(keys.content)'", Self.shortened(JSON.string(item)))
            return nil
        }
        let role = isShareGPT ? ShareGPT.role(of: said) : said
        guard Self.roles.contains(role) else {
            add("'\(column)' has an unknown role", "'\(said)'")
            return nil
        }
        switch item[keys.content] {
        case .string(let text)?:
            let length = TextMeasure(text)
            characters += length.characters
            if length.words == 0, !Self.callsTools(item) { add("'\(column)' has an empty turn", "of the \(said)") }
        case .null?, nil:
            if !Self.callsTools(item) { add("'\(column)' has a turn without a text", "of the \(said)") }
        case let other?: add("'\(column)' has a turn whose content is no text", "it is a \(other.kindName)")
        }
        return role
    }

    private static func callsTools(_ item: Value) -> Bool { item["tool_calls"]?.arrayValue?.isEmpty == false }

    /// Who speaks after whom.
    private mutating func check(_ roles: [String], column: String, as place: Place) {
        var before: String?
        for (position, role) in roles.enumerated() {
            defer { before = role }
            switch (before, role) {
            case (_, "system"), (_, "developer"):
                if position > 0 || place == .answer {
                    return add("'\(column)' has a system turn that is not the first")
                }
            case (nil, "user"), ("system", "user"), ("developer", "user"), ("assistant", "user"):
                if place == .answer, position == 0 { return add("'\(column)' begins with a turn of the user") }
            case ("user", "assistant"), ("tool", "assistant"), ("assistant", "tool"), ("tool", "tool"): continue
            case (nil, "assistant"): if place != .answer { return add("'\(column)' begins with an answer") }
            default:
                let message = "'\(column)' has turns of user and assistant that do not alternate"
                return add(message, "\(role) after \(before ?? "nothing") in turn \(position + 1)")
            }
        }
        let last = roles.last ?? ""
        switch place {
        case .prompt:
            if last != "user", last != "tool" { add("'\(column)' does not end with the user", "but with \(last)") }
        case .whole, .answer:
            if last != "assistant" { add("'\(column)' does not end with an answer", "but with \(last)") }
        }
    }

    private mutating func add(_ message: String, _ example: String? = nil) {
        faults.append(Fault(message: message, example: example))
    }

    static func shortened(_ text: String) -> String { TextWidth.cut(TextWidth.clean(text), to: 60) }

    /// Checks a text.
    mutating func check(text value: Value, column: String, mayBeEmpty: Bool = false) {
        guard case .string(let text) = value else {
            return add("'\(column)' is no text", "it is a \(value.kindName)")
        }
        let length = TextMeasure(text)
        characters += length.characters
        if length.words == 0, !mayBeEmpty { add("'\(column)' is empty") }
    }
}
