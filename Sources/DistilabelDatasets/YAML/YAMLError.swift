/// What is wrong with a YAML document, and where.
public struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kinds of fault.
    public enum Code: Hashable, Sendable {
        /// The text is not YAML.
        case syntax
        /// A key stands twice in one mapping.
        case duplicateKey
        /// An alias names no anchor, or aliases expand to more nodes than a document may have.
        case alias
        /// A tag, or a kind of key, that has no counterpart in a `Value`.
        case unsupported
        /// A merge key whose value is no mapping.
        case merge
        /// The document is longer or deeper than it may be.
        case tooLarge
    }

    /// The kind of fault.
    public var code: Code
    /// What is wrong, and the mend, without the place.
    public var message: String
    /// The file, as the caller named it.
    public var file: String?
    /// The line, counted from 1; nil where no single line is at fault.
    public var line: Int?
    /// The column in characters, counted from 1.
    public var column: Int?

    /// Makes an error.
    public init(_ code: Code, _ message: String, file: String? = nil, line: Int? = nil, column: Int? = nil) {
        self.code = code
        self.message = message
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column: message`, as compilers write it.
    public var description: String {
        var place = [file ?? "YAML"]
        if let line { place.append(String(line)) }
        if line != nil, let column { place.append(String(column)) }
        return place.joined(separator: ":") + ": " + message
    }
}
