/// How the white space around tags is treated; the defaults are those of Python's `jinja2.Template`.
public struct TemplateOptions: Sendable, Hashable {
    /// Whether the first newline after a block or comment tag is dropped; false by default.
    public var trimBlocks: Bool
    /// Whether spaces and tabs before a block or comment tag that starts a line are dropped; false by default.
    public var lstripBlocks: Bool
    /// Whether a newline at the end of the source is kept; false by default.
    public var keepTrailingNewline: Bool

    /// Creates options.
    public init(trimBlocks: Bool = false, lstripBlocks: Bool = false, keepTrailingNewline: Bool = false) {
        self.trimBlocks = trimBlocks
        self.lstripBlocks = lstripBlocks
        self.keepTrailingNewline = keepTrailingNewline
    }

    /// The defaults of `jinja2.Template`.
    public static let `default` = TemplateOptions()
    /// What the chat templates of tokenizers are written for: blocks trimmed and stripped.
    public static let chat = TemplateOptions(trimBlocks: true, lstripBlocks: true)
}
