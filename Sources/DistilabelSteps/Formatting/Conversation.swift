internal import DistilabelPipeline
internal import DistilabelValues

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

    /// The messages of a row and the first thing that the user says in them.
    static func messages(of row: Row) throws -> (prompt: String, turns: [Value]) {
        let turns = try row.list("messages")
        guard let prompt = turns.first(where: { $0["role"] == "user" })?["content"]?.stringValue else {
            throw RowFailure("`messages` has no turn of the user")
        }
        return (prompt, turns)
    }
}
