/// Why a value could not be made into a type, or a type into a value.
public struct ValueCodingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of fault.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// A value of another kind stands there.
        case typeMismatch
        /// A key that must be there is not, or is null.
        case missingKey
        /// An object has keys that nothing asks for.
        case unknownKey
        /// The value has the right kind but not a content that is allowed.
        case invalid
    }

    /// The kind of fault.
    public var code: Code
    /// Where: `steps[2].llm.temperature`; empty for the outermost value.
    public var path: String
    /// What stands there and what is wanted.
    public var message: String
    /// What was probably meant, when something is near enough.
    public var suggestion: String?
    /// The keys that nothing asked for, for `unknownKey`; empty otherwise.
    public var keys: [String] = []

    /// The decoder whose root the path starts at; nil for a path that starts wherever the error was made.
    var anchor: ObjectIdentifier?

    /// Makes an error.
    public init(code: Code, path: String, message: String, suggestion: String? = nil) {
        self.code = code
        self.path = path
        self.message = message
        self.suggestion = suggestion
    }

    /// The path, the message and the suggestion.
    public var description: String {
        let place = path.isEmpty ? "" : path + ": "
        return place + message + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
    }

    /// The same error with its path inside of another one: `temperature` in `llm` is at `llm.temperature`.
    public func inside(_ outer: String) -> ValueCodingError {
        var error = self
        error.path = Path.joined(outer, path)
        error.anchor = nil
        return error
    }

    /// Two errors are equal when they say the same, wherever they were made.
    public static func == (left: ValueCodingError, right: ValueCodingError) -> Bool {
        left.code == right.code && left.path == right.path && left.message == right.message
            && left.suggestion == right.suggestion && left.keys == right.keys
    }

    /// Feeds what the error says.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(code)
        hasher.combine(path)
        hasher.combine(message)
        hasher.combine(suggestion)
        hasher.combine(keys)
    }
}
