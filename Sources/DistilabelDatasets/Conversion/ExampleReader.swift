internal import DistilabelValues

/// Finds in a row what trainers learn from, whatever columns it stands in.
///
/// Texts are taken as they are; nothing is made up. A row that lacks something throws ``SkippedRow``.
struct ExampleReader {
    /// A better and a worse answer to a prompt.
    struct Pair: Hashable {
        var prompt: [Turn]
        var chosen: [Turn]
        var rejected: [Turn]
    }

    /// An answer with a verdict.
    struct Verdict: Hashable {
        var prompt: [Turn]
        var completion: [Turn]
        var label: Bool
    }

    let row: Row

    // MARK: - Forms

    /// The pair of `chosen` and `rejected`, or of the best and the worst of rated `generations`.
    func pair() throws -> Pair {
        let pair: Pair
        if let chosen = row["chosen"], let rejected = row["rejected"] {
            pair = try self.pair(chosen, rejected)
        } else if has("generations"), has("ratings") {
            let (answers, rated) = try ratedAnswers()
            pair = Pair(
                prompt: try prompt(["instruction", "messages", "prompt", "question"]),
                chosen: [try answer(answers[rated.best])], rejected: [try answer(answers[rated.worst])])
        } else {
            throw SkippedRow("there is no pair: neither chosen and rejected nor generations and ratings")
        }
        try Self.check(prompt: pair.prompt, answers: pair.chosen + pair.rejected)
        guard pair.chosen != pair.rejected else { throw SkippedRow("chosen and rejected are equal") }
        return pair
    }

    /// The conversation with its last answer: of `messages` or `conversations`, the chosen one of a pair, an instruction with
    /// its answer, or with the best of its rated answers.
    func conversation() throws -> [Turn] {
        let turns = try uncheckedConversation()
        let answer = turns.lastIndex { $0.role != "assistant" }.map { $0 + 1 } ?? 0
        guard answer < turns.count else { throw SkippedRow("the conversation does not end with an answer") }
        try Self.check(prompt: Array(turns[..<answer]), answers: Array(turns[answer...]))
        return turns
    }

    /// The labelled answer of `completion` and `label`, or the two answers of a pair.
    func verdicts() throws -> [Verdict] {
        if has("completion"), has("label") {
            guard let label = row["label"]?.boolValue else { throw SkippedRow("label is neither true nor false") }
            let verdict = Verdict(
                prompt: try prompt(["prompt", "instruction", "messages", "question"]),
                completion: try answers(row["completion"]), label: label)
            try Self.check(prompt: verdict.prompt, answers: verdict.completion)
            return [verdict]
        }
        let pair = try pair()
        return [
            Verdict(prompt: pair.prompt, completion: pair.chosen, label: true),
            Verdict(prompt: pair.prompt, completion: pair.rejected, label: false),
        ]
    }

    /// Alpaca's instruction, input and output.
    func instruction() throws -> (instruction: String, input: String, output: String) {
        if isAlpaca {
            guard let instruction = row["instruction"]?.stringValue, let output = row["output"]?.stringValue else {
                throw SkippedRow("instruction or output is null")
            }
            guard !instruction.isBlank else { throw SkippedRow("the prompt is empty") }
            guard !output.isBlank else { throw SkippedRow("an answer is empty") }
            return (instruction, row["input"]?.stringValue ?? "", output)
        }
        let turns = try conversation()
        guard let last = turns.last else { throw SkippedRow("the conversation does not end with an answer") }
        return (try Self.plain(prompt: Array(turns.dropLast())), "", last.content)
    }

    // MARK: - Plain texts

    /// A prompt as one text: the turn of the user, behind the system prompt and a blank line where there is one.
    static func plain(prompt: [Turn]) throws -> String {
        let turns = prompt.first?.role == "system" ? prompt.dropFirst() : prompt[...]
        guard turns.count == 1, let user = turns.first, user.role == "user" else {
            throw SkippedRow("a conversation of several turns has no plain form")
        }
        return prompt.map(\.content).joined(separator: "\n\n")
    }

    /// An answer as one text.
    static func plain(answer: [Turn]) throws -> String {
        guard answer.count == 1 else { throw SkippedRow("a conversation of several turns has no plain form") }
        return answer[0].content
    }

    // MARK: - Parts

    private func has(_ name: String) -> Bool { row.columns.contains(name) }

    /// `input` is Alpaca's only beside `output`; elsewhere it is what a pipeline began with.
    private var isAlpaca: Bool { has("instruction") && has("output") }

    private func pair(_ chosen: Value, _ rejected: Value) throws -> Pair {
        if chosen.isNull || rejected.isNull { throw SkippedRow("chosen or rejected is null") }
        let order = ["prompt", "instruction", "messages", "question"]
        if chosen.stringValue != nil, rejected.stringValue != nil {
            return Pair(
                prompt: try prompt(order), chosen: [try answer(chosen)], rejected: [try answer(rejected)])
        }
        guard let better = Turn.turns(of: chosen), let worse = Turn.turns(of: rejected), !better.isEmpty, !worse.isEmpty
        else { throw SkippedRow("chosen and rejected are neither texts nor conversations of texts") }
        if better == worse { throw SkippedRow("chosen and rejected are equal") }
        if better[0].role == "assistant", worse[0].role == "assistant" {
            return Pair(prompt: try prompt(order), chosen: better, rejected: worse)
        }
        let shared = zip(better, worse).prefix { $0 == $1 }.count
        guard shared > 0 else { throw SkippedRow("chosen and rejected have no prompt in common") }
        guard shared < better.count, shared < worse.count else {
            throw SkippedRow("one of chosen and rejected is the beginning of the other")
        }
        guard better[shared].role == "assistant", worse[shared].role == "assistant" else {
            throw SkippedRow("chosen and rejected part before an answer")
        }
        return Pair(
            prompt: Array(better[..<shared]), chosen: Array(better[shared...]), rejected: Array(worse[shared...]))
    }

    private func uncheckedConversation() throws -> [Turn] {
        for name in ["messages", "conversations", "conversation"] {
            guard let value = row[name], !value.isNull else { continue }
            guard let turns = Turn.turns(of: value) else {
                throw SkippedRow("\(name) is no list of turns with a role and a text")
            }
            if turns.last?.role == "assistant" { return turns }
            if let text = row["generation"]?.stringValue { return turns + [Turn(role: "assistant", content: text)] }
        }
        if let chosen = row["chosen"], has("rejected") {
            if chosen.isNull { throw SkippedRow("chosen or rejected is null") }
            if let turns = Turn.turns(of: chosen), turns.first?.role != "assistant" { return turns }
            return try prompt(["prompt", "instruction", "messages", "question"]) + answers(chosen)
        }
        let order = ["instruction", "prompt", "question"]
        for name in ["generation", "output", "completion", "response", "answer"] {
            guard let value = row[name] else { continue }
            if name == "completion", row["label"]?.boolValue == false { throw SkippedRow("the label is false") }
            return try prompt(order) + answers(value)
        }
        if has("generations"), has("ratings") {
            let (answers, rated) = try ratedAnswers()
            return try prompt(["instruction", "messages", "prompt", "question"]) + [answer(answers[rated.best])]
        }
        throw SkippedRow("there is no conversation, and no answer beside a prompt")
    }

    /// The turns before an answer: of the first of some columns that is not null, with the system prompt before a text.
    private func prompt(_ names: [String]) throws -> [Turn] {
        for name in names {
            guard let value = row[name], !value.isNull else { continue }
            if let turns = Turn.turns(of: value) { return turns }
            guard let text = value.stringValue else { throw SkippedRow("\(name) is neither a text nor a conversation") }
            var turns: [Turn] = []
            if let system = (row["system_prompt"] ?? row["system"])?.stringValue, !system.isBlank {
                turns.append(Turn(role: "system", content: system))
            }
            let input = isAlpaca && name == "instruction" ? row["input"]?.stringValue ?? "" : ""
            return turns + [Turn(role: "user", content: input.isBlank ? text : text + "\n\n" + input)]
        }
        throw SkippedRow("there is no prompt")
    }

    private func ratedAnswers() throws -> ([Value], RatedPair) {
        guard let answers = row["generations"]?.arrayValue, let ratings = row["ratings"]?.arrayValue else {
            throw SkippedRow("generations or ratings are null")
        }
        do {
            return (answers, try RatedPair(generations: answers, ratings: ratings))
        } catch {
            throw SkippedRow(error.description)
        }
    }

    private func answer(_ value: Value) throws -> Turn {
        guard let text = value.stringValue else {
            throw SkippedRow(value.isNull ? "an answer is null" : "an answer is no text")
        }
        return Turn(role: "assistant", content: text)
    }

    private func answers(_ value: Value?) throws -> [Turn] {
        if let turns = Turn.turns(of: value) { return turns }
        return [try answer(value ?? .null)]
    }

    private static func check(prompt: [Turn], answers: [Turn]) throws {
        guard let question = prompt.last(where: { $0.role != "system" }) else { throw SkippedRow("there is no prompt") }
        if question.content.isBlank { throw SkippedRow("the prompt is empty") }
        guard answers.allSatisfy({ !$0.content.isBlank }) else { throw SkippedRow("an answer is empty") }
    }
}

extension String {
    /// Whether there is nothing but white space.
    var isBlank: Bool { TextMeasure(self).words == 0 }
}
