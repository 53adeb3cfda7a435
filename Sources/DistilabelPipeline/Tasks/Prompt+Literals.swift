public import DistilabelModels

extension Prompt: ExpressibleByStringInterpolation {
    /// Makes a prompt of what the user says.
    public init(stringLiteral value: String) { self.init([.user(value)]) }
}

extension Prompt: ExpressibleByArrayLiteral {
    /// Makes a prompt of a conversation.
    public init(arrayLiteral elements: Message...) { self.init(elements) }
}
