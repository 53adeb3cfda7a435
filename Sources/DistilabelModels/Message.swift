public import DistilabelValues

/// One turn of a conversation.
public struct Message: Sendable, Hashable {
    /// Who speaks.
    public enum Role: String, Sendable, Hashable, Codable, CaseIterable {
        case system, user, assistant, tool
    }

    /// What is said: a text, or texts and pictures.
    public enum Content: Sendable, Hashable {
        /// Only text.
        case text(String)
        /// Parts in order, as OpenAI's API has them: `{type: text, text}` and `{type: image_url, image_url: {url}}`.
        case parts([Value])
    }

    /// Who speaks.
    public var role: Role
    /// What is said.
    public var content: Content

    /// Makes a turn.
    public init(role: Role, content: Content) {
        self.role = role
        self.content = content
    }

    /// Makes a turn that instructs the model how to behave.
    public static func system(_ text: String) -> Message { Message(role: .system, content: .text(text)) }
    /// Makes a turn of the person.
    public static func user(_ text: String) -> Message { Message(role: .user, content: .text(text)) }
    /// Makes a turn of the model.
    public static func assistant(_ text: String) -> Message { Message(role: .assistant, content: .text(text)) }

    /// The text, with parts that are texts joined by line breaks.
    public var text: String {
        switch content {
        case .text(let text): text
        case .parts(let parts): parts.compactMap { $0["text"]?.stringValue }.joined(separator: "\n")
        }
    }

    /// The turn as rows hold it: `{role, content}`.
    public var value: Value {
        switch content {
        case .text(let text): ["role": .string(role.rawValue), "content": .string(text)]
        case .parts(let parts): ["role": .string(role.rawValue), "content": .array(parts)]
        }
    }

    /// Reads a turn from `{role, content}`; nil when it is not one.
    public init?(_ value: Value) {
        guard let role = value["role"]?.stringValue.flatMap(Role.init(rawValue:)) else { return nil }
        switch value["content"] {
        case .string(let text): self.init(role: role, content: .text(text))
        case .array(let parts): self.init(role: role, content: .parts(parts))
        default: return nil
        }
    }
}
