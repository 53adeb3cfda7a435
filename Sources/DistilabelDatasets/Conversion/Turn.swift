internal import DistilabelValues

/// One turn of a conversation.
struct Turn: Hashable {
    /// Who speaks: `system`, `user`, `assistant`, `tool`, or what the data call it.
    var role: String
    /// What is said.
    var content: String

    /// The turn as trainers read it.
    var value: Value { ["role": .string(role), "content": .string(content)] }

    /// The turns of a list of `{role, content}`, or of `{from, value}` as ShareGPT has it; nil where it is neither, or where
    /// a content is no text.
    static func turns(of value: Value?) -> [Turn]? {
        guard case .array(let items)? = value else { return nil }
        var turns: [Turn] = []
        turns.reserveCapacity(items.count)
        for item in items {
            guard case .object(let object) = item else { return nil }
            if case .string(let role)? = object["role"], case .string(let content)? = object["content"] {
                turns.append(Turn(role: role, content: content))
            } else if case .string(let speaker)? = object["from"], case .string(let content)? = object["value"] {
                turns.append(Turn(role: ShareGPT.role(of: speaker), content: content))
            } else {
                return nil
            }
        }
        return turns
    }

    /// The roles in order; where user and assistant take turns more than twice, how often: `system (user assistant)×3`.
    static func pattern(of turns: [Turn]) -> String {
        var roles = turns.map(\.role)[...]
        var parts: [String] = []
        if let first = roles.first, first == "system" {
            parts.append(first)
            roles = roles.dropFirst()
        }
        var repeats = 0
        if roles.count >= 4, let first = roles.first, let second = roles.dropFirst().first {
            while roles.count >= 2, roles.first == first, roles[roles.startIndex + 1] == second {
                repeats += 1
                roles = roles.dropFirst(2)
            }
            if repeats == 1 {
                parts += [first, second]
            } else if repeats > 1 {
                parts.append("(\(first) \(second))×\(repeats)")
            }
        }
        // Whoever speaks, a pattern is a line.
        parts += roles.prefix(8)
        if roles.count > 8 { parts.append("… \(roles.count - 8) more") }
        return parts.joined(separator: " ")
    }
}

/// The names that ShareGPT has for roles.
enum ShareGPT {
    /// The role of a speaker; one that is not known is its own role.
    static func role(of speaker: String) -> String {
        switch speaker {
        case "human", "user": "user"
        case "gpt", "assistant", "chatgpt", "bing", "bard", "model": "assistant"
        case "observation", "tool": "tool"
        default: speaker
        }
    }

    /// The speaker of a role.
    static func speaker(of role: String) -> String {
        switch role {
        case "user": "human"
        case "assistant": "gpt"
        default: role
        }
    }
}
