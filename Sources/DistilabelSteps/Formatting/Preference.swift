internal import DistilabelPipeline
internal import DistilabelValues

/// What the two steps share that make preference rows.
enum Preference {
    static let inputs: [InputColumn] = ["generations", "ratings", .optional("generation_models")]
    static let outputs = [
        "prompt", "prompt_id", "chosen", "chosen_model", "chosen_rating", "rejected", "rejected_model",
        "rejected_rating",
    ]

    static let discussion =
        "The first of the best-rated answers is chosen, the first of the worst-rated rejected. Where a rating is missing or all are equal, chosen and rejected are null and the metadata says why."

    /// The columns behind the steps: the models only where the rows say which they are.
    static func columns(after available: ColumnSet) -> ColumnSet {
        available.adding(outputs.filter { !$0.hasSuffix("_model") || available.mayContain("generation_models") })
    }

    /// The row with a pair: the first of the best-rated answers and the first of the worst-rated.
    ///
    /// - Parameters:
    ///   - row: The row, with `generations` and `ratings`.
    ///   - prompt: The text that the pair is about.
    ///   - context: The turns before the answers.
    /// - Throws: `RowFailure` with nulls for the pair when there is none: a rating is missing, or all are equal.
    static func row(of row: Row, prompt: String, context: [Value]) throws -> Row {
        guard case .array(let generations)? = row["generations"], case .array(let ratings)? = row["ratings"] else {
            throw failure(row, "`generations` or `ratings` is no list")
        }
        guard !generations.isEmpty else { throw failure(row, "there are no generations") }
        guard generations.count == ratings.count else {
            throw failure(row, "there are \(generations.count) generations and \(ratings.count) ratings")
        }
        let numbers = ratings.map(\.doubleValue)
        guard !numbers.contains(where: { $0 == nil || $0?.isNaN == true }) else {
            throw failure(row, "a rating is missing, so no answer can be preferred")
        }
        let known = numbers.compactMap { $0 }
        var best = 0
        var worst = 0
        for (index, number) in known.enumerated() {
            if number > known[best] { best = index }
            if number < known[worst] { worst = index }
        }
        guard known[best] > known[worst] else {
            throw failure(row, "all ratings are equal, so no answer can be preferred", prompt: prompt)
        }
        let models = row["generation_models"]?.arrayValue
        var new = row
        new["prompt"] = .string(prompt)
        new["prompt_id"] = .string(sha256(prompt))
        for (name, index) in [("chosen", best), ("rejected", worst)] {
            new[name] = .array(context + [["role": "assistant", "content": generations[index]]])
            if let models { new["\(name)_model"] = models.indices.contains(index) ? models[index] : .null }
            new["\(name)_rating"] = ratings[index]
        }
        return new
    }

    /// A row without a pair: the reason, and nulls in the columns that a pair would have.
    private static func failure(_ row: Row, _ reason: String, prompt: String? = nil) -> RowFailure {
        var columns: Value.Object = [
            "prompt": prompt.map(Value.string) ?? .null, "prompt_id": prompt.map { .string(sha256($0)) } ?? .null,
        ]
        for name in ["chosen", "rejected"] {
            columns[name] = .null
            if row["generation_models"] != nil { columns["\(name)_model"] = .null }
            columns["\(name)_rating"] = .null
        }
        return RowFailure(reason, columns: columns)
    }
}

/// The turns before an answer.
enum Conversation {
    /// A system prompt, where the row has one that says something, and the instruction.
    static func turns(instruction: String, in row: Row) -> [Value] {
        var turns: [Value] = []
        if case .string(let system)? = row["system_prompt"], !system.isEmpty {
            turns.append(["role": "system", "content": .string(system)])
        }
        return turns + [["role": "user", "content": .string(instruction)]]
    }

    /// The instruction of a row.
    static func instruction(of row: Row) throws -> String {
        guard case .string(let instruction)? = row["instruction"] else {
            throw RowFailure("`instruction` is no text but \(row["instruction"]?.kindName ?? "missing")")
        }
        return instruction
    }

    /// The messages of a row and the first thing that the user says in them.
    static func messages(of row: Row) throws -> (turns: [Value], prompt: String) {
        guard case .array(let turns)? = row["messages"] else {
            throw RowFailure("`messages` is no list but \(row["messages"]?.kindName ?? "missing")")
        }
        guard let prompt = turns.first(where: { $0["role"] == "user" })?["content"]?.stringValue else {
            throw RowFailure("`messages` has no turn of the user")
        }
        return (turns, prompt)
    }
}
