public import DistilabelPipeline
public import DistilabelValues

/// Makes one text of some questions and their answers, as APIGen's prompts show them.
///
/// Only the text goes on; the other columns do not, as in Python.
public struct PrepareExamples: RowStep {
    /// How an example is written; `{query}` and `{answers}` stand for its parts, `{{` and `}}` for braces.
    public var template = "## Query: {query} ## Answers: {answers}"

    /// Makes the step.
    ///
    /// - Parameter template: How an example is written, with `{query}` and `{answers}`.
    public init(template: String = "## Query: {query} ## Answers: {answers}") { self.template = template }

    /// The questions and the answers.
    public var inputs: [InputColumn] { ["query", "answers"] }
    /// The text.
    public var outputs: [String] { ["examples"] }
    /// The text and nothing else.
    public func columns(after available: ColumnSet) -> ColumnSet {
        ColumnSet(outputs + available.names.filter { $0 == Metadata.column })
    }

    /// A brace that is not closed, or a name in braces that is none of the two.
    public func problems() -> [String] {
        do {
            _ = try parts()
            return []
        } catch {
            return ["`template` \(error)"]
        }
    }

    /// A row of the text; examples are separated by an empty line, and what has no partner is left out.
    public func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        let queries = try row.list("query")
        let answers = try row.list("answers")
        let parts = try parts()
        let examples = zip(queries, answers).map { query, answer in
            parts.map { part in
                switch part {
                case .text(let text): text
                case .query: Self.text(query)
                case .answers: Self.text(answer)
                }
            }.joined()
        }
        var made: Row = ["examples": .string(examples.joined(separator: "\n\n"))]
        if let metadata = row[Metadata.column] { made[Metadata.column] = metadata }
        return [made]
    }

    private static func text(_ value: Value) -> String { value.stringValue ?? JSON.string(value) }

    private enum Part {
        case text(String)
        case query
        case answers
    }

    /// The template in parts.
    private func parts() throws -> [Part] {
        var parts: [Part] = []
        var text = ""
        var rest = template[...]
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                text.append(character)
                rest.removeFirst()
            case "{":
                guard let end = rest.firstIndex(of: "}") else {
                    throw RowFailure("opens a brace that it does not close: write `{{` for a brace itself")
                }
                parts.append(.text(text))
                text = ""
                switch rest[..<end] {
                case "query": parts.append(.query)
                case "answers": parts.append(.answers)
                case let other:
                    throw RowFailure("names {\(other)}, but there are only {query} and {answers}")
                }
                rest = rest[rest.index(after: end)...]
            case "}": throw RowFailure("closes a brace that it does not open: write `}}` for a brace itself")
            default: text.append(character)
            }
        }
        return parts + [.text(text)]
    }

    /// The defaults.
    public static var defaults: PrepareExamples { PrepareExamples() }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.tasks.apigen.utils" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Makes one text of some questions and their answers, as APIGen's prompts show them.",
            discussion: "The other columns do not go on. Examples are separated by an empty line.",
            parameters: [
                "template": "how an example is written; {query} and {answers} stand for its parts"
            ],
            source: "https://arxiv.org/abs/2406.18518")
    }
}
