public import DistilabelPipeline
public import DistilabelValues

/// Makes rows for training a process reward model of solutions whose steps carry a tag each at their end.
///
/// Method: Math-Shepherd, https://arxiv.org/abs/2312.08935
public struct FormatPRM: RowStep {
    /// The forms that rows can have.
    public enum Format: String, Sendable, Hashable, Codable, CaseIterable {
        /// A text with a token at the end of each step, and the same text with the tags: `input` and `label`.
        case mathShepherd = "math-shepherd"
        /// A prompt, the steps, and a truth value for each: `prompt`, `completions` and `labels`, as TRL's `PRMTrainer` reads them.
        case trl
    }

    /// The form of the rows.
    public var format = Format.mathShepherd
    /// What stands in the place of the tags in `input`; of effect with `math-shepherd` only.
    public var stepToken = "ки"
    /// The tags of a good and of a bad step: one character each.
    public var tags = ["+", "-"]

    /// Makes the step.
    ///
    /// - Parameters:
    ///   - format: The form of the rows.
    ///   - stepToken: What stands in the place of the tags.
    ///   - tags: The tags of a good and of a bad step.
    public init(format: Format = .mathShepherd, stepToken: String = "ки", tags: [String] = ["+", "-"]) {
        self.format = format
        self.stepToken = stepToken
        self.tags = tags
    }

    /// The question and the solution's steps.
    public var inputs: [InputColumn] { ["instruction", "solutions"] }
    /// What the form has.
    public var outputs: [String] { format == .trl ? ["prompt", "completions", "labels"] : ["input", "label"] }

    /// Tags that are not two characters.
    public func problems() -> [String] {
        let isPair = tags.count == 2 && tags.allSatisfy { $0.unicodeScalars.count == 1 } && tags[0] != tags[1]
        if isPair { return [] }
        return ["`tags` must be two different characters, that of a good and that of a bad step, such as ['+', '-']"]
    }

    /// The row in the form; a step's tag is its last character.
    public func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        let instruction = try row.text("instruction")
        let steps = try row.list("solutions").map { step in
            guard case .string(let text) = step else {
                throw RowFailure("`solutions` holds \(step.kindName) where a step's text must stand")
            }
            return text
        }
        var new = row
        switch format {
        case .mathShepherd:
            let marked = steps.map { $0.unicodeScalars.count > 1 ? Self.untagged($0) + stepToken : $0 }
            new.set([
                ("input", .string("\(instruction) \(marked.joined(separator: "\n"))")),
                ("label", .string("\(instruction) \(steps.joined(separator: "\n"))")),
            ])
        case .trl:
            if let place = steps.firstIndex(of: "") {
                throw RowFailure("`solutions[\(place)]` is empty, so that it has no tag")
            }
            new.set([
                ("prompt", .string(instruction)),
                ("completions", .array(steps.map { .string(Self.trimmed(Self.untagged($0))) })),
                ("labels", .array(steps.map { .bool($0.unicodeScalars.last == tags.first?.unicodeScalars.first) })),
            ])
        }
        return [new]
    }

    /// A step without its last character.
    private static func untagged(_ step: String) -> String {
        String(String.UnicodeScalarView(step.unicodeScalars.dropLast()))
    }

    /// A text without the white space around it.
    private static func trimmed(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
        while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
        return String(scalars)
    }

    /// The defaults.
    public static var defaults: FormatPRM { FormatPRM() }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.tasks.math_shepherd.utils" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Makes rows for training a process reward model of solutions whose steps carry a tag each.",
            discussion:
                "`math-shepherd` makes `input`, with a token in the place of each tag, and `label`, with the tags; `trl` makes `prompt`, `completions` and `labels`.",
            parameters: [
                "format": "the form of the rows: math-shepherd or trl",
                "step_token": "what stands in the place of the tags in `input`; of effect with math-shepherd only",
                "tags": "the tags of a good and of a bad step, one character each",
            ],
            source: "https://arxiv.org/abs/2312.08935")
    }
}
