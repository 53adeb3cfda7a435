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
        "The first of the best-rated answers is chosen, the first of the worst-rated rejected; an answer that is null is neither. Where a rating is missing or all are equal there is no pair: the columns are null, and the metadata says why."

    /// The columns behind the steps: the models only where the rows say which they are.
    static func columns(after available: ColumnSet) -> ColumnSet {
        available.adding(outputs.filter { !$0.hasSuffix("_model") || available.mayContain("generation_models") })
    }

    /// The row with a pair: the first of the best-rated answers and the first of the worst-rated.
    ///
    /// - Parameters:
    ///   - row: The row, with `generations` and `ratings`.
    ///   - question: Finds what the pair is about: its prompt, and the turns before the answers.
    /// - Throws: `RowFailure` with nulls for the pair when there is none: a rating is missing, or all are equal.
    static func row(of row: Row, question: () throws -> (prompt: String, turns: [Value])) throws -> Row {
        let prompt: String
        let turns: [Value]
        let generations: [Value]
        let ratings: [Value]
        do {
            (prompt, turns) = try question()
            generations = try row.list("generations")
            ratings = try row.list("ratings")
        } catch {
            throw failure(row, String(describing: error))
        }
        let rated: RatedPair
        do {
            rated = try RatedPair(generations: generations, ratings: ratings)
        } catch {
            throw failure(row, error.description)
        }
        let models = row["generation_models"]?.arrayValue
        var pair: [(String, Value)] = [("prompt", .string(prompt)), ("prompt_id", .string(sha256(prompt)))]
        for (name, index) in [("chosen", rated.best), ("rejected", rated.worst)] {
            pair.append((name, .array(turns + [["role": "assistant", "content": generations[index]]])))
            if let models {
                pair.append(("\(name)_model", models.indices.contains(index) ? models[index] : .null))
            }
            pair.append(("\(name)_rating", ratings[index]))
        }
        var new = row
        new.set(pair)
        return new
    }

    /// A row without a pair: the reason, and nulls in the columns that a pair would have.
    private static func failure(_ row: Row, _ reason: String) -> RowFailure {
        let made = outputs.filter { !$0.hasSuffix("_model") || row["generation_models"] != nil }
        return RowFailure(reason, columns: Value.Object(uniqueKeysWithValues: made.map { ($0, .null) }))
    }
}
