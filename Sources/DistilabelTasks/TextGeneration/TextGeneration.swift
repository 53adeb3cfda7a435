public import DistilabelModels
public import DistilabelPipeline
public import DistilabelValues

/// Asks a model to answer an instruction, or whatever a template makes of some columns.
public struct TextGeneration: LLMTask {
    /// The model.
    public var llm: LLM
    /// What the model is told before the instruction; a row's own `system_prompt` goes before this one.
    public var systemPrompt: String?
    /// Python's old switch for system prompts; of no effect.
    public var useSystemPrompt = true
    /// What is asked, as a Jinja template over the columns.
    public var template = defaultTemplate
    /// The columns that the template may name.
    public var columns: ColumnList = "instruction"
    /// What all tasks let the user set.
    public var settings = TaskSettings()

    static let defaultTemplate = "{{ instruction }}"

    /// Makes the task.
    ///
    /// - Parameters:
    ///   - llm: The model.
    ///   - systemPrompt: What the model is told before the instruction.
    ///   - template: What is asked, as a Jinja template over the columns.
    ///   - columns: The columns that the template may name.
    ///   - settings: What all tasks let the user set.
    public init(
        llm: any LanguageModel, systemPrompt: String? = nil, template: String = "{{ instruction }}",
        columns: ColumnList = "instruction", settings: TaskSettings = TaskSettings()
    ) {
        self.llm = LLM(llm)
        self.systemPrompt = systemPrompt
        self.template = template
        self.columns = columns
        self.settings = settings
    }

    /// The columns of the template.
    public var inputs: [InputColumn] { columns.names.map { InputColumn($0) } + [.optional("system_prompt")] }
    /// The answer.
    public var outputs: [String] { ["generation", "model_name"] }

    /// A template that cannot be read, or columns that it does not name.
    public func problems() -> [String] {
        do {
            let variables = try PromptTemplate.cached(template).variables
            let unnamed = columns.names.filter { !variables.contains($0) }.map {
                "`columns` has '\($0)', which `template` does not name: write {{ \($0) }} into it, or take the column away"
            }
            return unnamed
        } catch {
            return ["`template` cannot be read: \(error)"]
        }
    }

    /// The row's text, behind the system prompt.
    public func prompt(for row: Row) throws -> Prompt {
        if columns.names == ["instruction"], template == Self.defaultTemplate {
            if case .array? = row["instruction"] {
                throw RowFailure("`instruction` is no text but a list; for a conversation take ChatGeneration")
            }
            return Prompt(messages(try row.text("instruction"), for: row))
        }
        return Prompt(messages(try PromptTemplate.cached(template).render(row, columns: columns.names), for: row))
    }

    /// A text behind the system prompt: the row's own where it says something, else the task's.
    private func messages(_ text: String, for row: Row) -> [Message] {
        let system = row["system_prompt"]?.stringValue.flatMap { $0.isEmpty ? nil : $0 } ?? systemPrompt
        return (system.map { [.system($0)] } ?? []) + [.user(text)]
    }

    /// The answer as it is.
    public func parse(_ text: String?, for row: Row) throws -> Value.Object {
        ["generation": text.map(Value.string) ?? .null]
    }

    /// The defaults; the model must be given.
    public static var defaults: TextGeneration { TextGeneration(llm: PlaceholderLLM()) }
    /// The model.
    public static var requiredKeys: [String] { ["llm"] }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.tasks.text_generation" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Asks a model to answer an instruction, or whatever a template makes of some columns.",
            parameters: TaskDocumentation.parameters.merging([
                "system_prompt": "what the model is told first; a row's own column system_prompt goes before it",
                "use_system_prompt": "of no effect",
                "template": "what is asked, as a Jinja template over the columns",
                "columns": "the columns that the template may name: one name, or a list",
            ]) { _, own in own })
    }
}
