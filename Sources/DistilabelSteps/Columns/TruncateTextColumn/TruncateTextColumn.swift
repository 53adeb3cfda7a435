public import DistilabelPipeline
public import DistilabelValues

/// Cuts texts to a length.
public struct TruncateTextColumn: RowStep {
    /// The column of texts.
    public var column = "text"
    /// The most characters (Unicode code points) that a text keeps.
    public var maxLength = 8192
    /// A tokenizer on the Hub to count tokens with; not supported.
    public var tokenizer: String?

    /// Makes the step.
    public init(column: String = "text", maxLength: Int = 8192) {
        self.column = column
        self.maxLength = maxLength
    }

    /// The column of texts.
    public var inputs: [InputColumn] { [InputColumn(column)] }
    /// The same.
    public var outputs: [String] { [column] }

    /// A tokenizer, or a length below zero.
    public func problems() -> [String] {
        var problems: [String] = []
        if tokenizer != nil {
            problems.append("`tokenizer` is not supported: take it away, and give `max_length` in characters")
        }
        if maxLength < 0 { problems.append("`max_length` must be at least 0, not \(maxLength)") }
        return problems
    }

    /// The row with the text cut.
    public func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        let text = try row.text(column)
        var new = row
        new[column] = .string(String(String.UnicodeScalarView(text.unicodeScalars.prefix(maxLength))))
        return [new]
    }

    /// The defaults.
    public static var defaults: TruncateTextColumn { TruncateTextColumn() }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.truncate" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Cuts texts to a length.",
            parameters: [
                "column": "the column of texts",
                "max_length": "the most characters (Unicode code points) that a text keeps",
                "tokenizer": "not supported",
            ])
    }
}
