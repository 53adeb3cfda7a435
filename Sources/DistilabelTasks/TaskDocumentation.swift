/// What a person reads about the parameters that all tasks share.
///
///     ComponentDocumentation(
///         summary: "Translates a text.",
///         parameters: TaskDocumentation.parameters.merging(["language": "the language to translate into"]) { $1 })
public enum TaskDocumentation {
    /// What each of them means, by its name in files.
    public static let parameters: [String: String] = [
        "llm": "the model that is asked",
        "num_generations": "how many answers are asked for about each row",
        "group_generations": "whether the answers to a row go into lists of one row, instead of a row each",
        "add_raw_output": "whether the metadata gets what the model said, word for word",
        "add_raw_input": "whether the metadata gets what was asked",
        "on_failure":
            "what becomes of a row that fails: null (it goes on with nulls and the reason), drop (it is counted), fail (it ends the run)",
        "use_default_structured_output": "whether the model must answer in the task's own JSON form",
    ]
}
