internal import DistilabelValues

/// Checks the rows of a dataset, one after the other.
struct RowChecker {
    let form: TrainingForm
    let columns: Set<String>
    let maximumCharacters: Int?
    /// The columns that the trainer learns from, each with its name's hash.
    private let used: [(name: String, hash: UInt64)]
    private var seen = HashSample()
    private var isConversational: Bool?
    private var trueCount = 0
    private var falseCount = 0

    init(form: TrainingForm, columns: Set<String>, maximumCharacters: Int?) {
        self.form = form
        self.columns = columns
        self.maximumCharacters = maximumCharacters
        let names: [String] =
            switch form {
            case .messages where columns.contains("messages"): ["messages"]
            case .messages where columns.contains("completion"): ["prompt", "completion"]
            case .messages: ["text"]
            default: form.columns()
            }
        used = names.map { ($0, ContentHash.of($0)) }
    }

    /// Checks a row, whose number is from 1.
    mutating func check(_ row: Row, number: Int, into counter: inout FindingCounter) {
        var check = TurnCheck(isShareGPT: form == .sharegpt)
        var extra: [(ValidationReport.Severity, String)] = []
        switch form {
        case .trl: checkPair(row, &check, &extra)
        case .messages: checkConversation(row, &check, &extra)
        case .kto: checkVerdict(row, &check, &extra)
        case .alpaca: checkInstruction(row, &check)
        case .sharegpt: check.check(row["conversations"] ?? .null, column: "conversations", as: .whole)
        }
        for fault in check.faults { counter.add(.error, fault.message, row: number, example: fault.example) }
        for (severity, message) in extra { counter.add(severity, message, row: number) }
        if let maximumCharacters, check.characters > maximumCharacters {
            let message = "the texts have more than \(NumberText.count(maximumCharacters, "character")) together"
            counter.add(.error, message, row: number, example: NumberText.whole(check.characters))
        }
        // Nulls, which have a fault of their own, add nothing.
        let hash = used.reduce(into: UInt64(0)) { sum, column in
            if let value = row[column.name], !value.isNull {
                sum &+= ContentHash.of(ContentHash.of(value), under: column.hash)
            }
        }
        if hash != 0, let first = seen.add(hash, row: number) {
            counter.add(.warning, "the row repeats an earlier one", row: number, example: "row \(first)")
        }
    }

    /// What can only be said in the end.
    func finish(rowCount: Int, into counter: inout FindingCounter) {
        if rowCount == 0 { counter.add(.error, "there are no rows") }
        guard form == .kto, trueCount + falseCount > 0 else { return }
        if trueCount == 0 || falseCount == 0 {
            counter.add(.error, "every label is \(trueCount == 0 ? "false" : "true"); KTO needs both")
        } else if max(trueCount, falseCount) > DatasetValidator.balance * min(trueCount, falseCount) {
            counter.add(
                .warning,
                "labels are unbalanced: \(NumberText.whole(trueCount)) true, \(NumberText.whole(falseCount)) false; weigh them "
                    + "in the trainer (desirable_weight, undesirable_weight)")
        }
    }

    // MARK: - Forms

    private mutating func checkPair(
        _ row: Row, _ check: inout TurnCheck, _ extra: inout [(ValidationReport.Severity, String)]
    ) {
        let (chosen, rejected) = (row["chosen"] ?? .null, row["rejected"] ?? .null)
        if chosen.isNull || rejected.isNull {
            let name =
                chosen.isNull ? (rejected.isNull ? "'chosen' and 'rejected' are" : "'chosen' is") : "'rejected' is"
            return extra.append((.error, "\(name) null"))
        }
        if chosen == rejected { extra.append((.error, "'chosen' and 'rejected' are equal")) }
        guard note(isList(chosen), &extra) else { return }
        guard isList(chosen) == isList(rejected) else {
            return extra.append((.error, "one of 'chosen' and 'rejected' is a text, the other a conversation"))
        }
        let prompt = row["prompt"] ?? .null
        if !isList(chosen) {
            if columns.contains("prompt") {
                check.check(text: prompt, column: "prompt")
            } else if let better = chosen.stringValue, let worse = rejected.stringValue,
                better.unicodeScalars.first != worse.unicodeScalars.first
            {
                extra.append((.error, "there is no prompt: 'chosen' and 'rejected' begin differently"))
            }
            check.check(text: chosen, column: "chosen")
            check.check(text: rejected, column: "rejected")
        } else if columns.contains("prompt") {
            guard isList(prompt) else {
                // TRL 1.16 joins the two and fails; what the formatting steps leave is of this kind.
                let message =
                    "'prompt' is a \(prompt.kindName) beside conversations; convert to trl, or take the column away"
                return extra.append((.error, message))
            }
            check.check(prompt, column: "prompt", as: .prompt)
            check.check(chosen, column: "chosen", as: .answer)
            check.check(rejected, column: "rejected", as: .answer)
        } else {
            // The prompt is what both conversations begin with.
            check.check(chosen, column: "chosen", as: .whole)
            check.check(rejected, column: "rejected", as: .whole)
            if let better = chosen.arrayValue?.first, let worse = rejected.arrayValue?.first, better != worse {
                extra.append((.error, "there is no prompt: 'chosen' and 'rejected' begin differently"))
            }
        }
    }

    private mutating func checkConversation(
        _ row: Row, _ check: inout TurnCheck, _ extra: inout [(ValidationReport.Severity, String)]
    ) {
        switch used.first?.name {
        case "messages": check.check(row["messages"] ?? .null, column: "messages", as: .whole)
        case "text": check.check(text: row["text"] ?? .null, column: "text")
        default: checkAnswer(row, &check, &extra)
        }
    }

    private mutating func checkVerdict(
        _ row: Row, _ check: inout TurnCheck, _ extra: inout [(ValidationReport.Severity, String)]
    ) {
        switch row["label"] {
        case .bool(true)?: trueCount += 1
        case .bool(false)?: falseCount += 1
        default: extra.append((.error, "'label' is neither true nor false"))
        }
        checkAnswer(row, &check, &extra)
    }

    /// A prompt and its completion, both texts or both conversations.
    private mutating func checkAnswer(
        _ row: Row, _ check: inout TurnCheck, _ extra: inout [(ValidationReport.Severity, String)]
    ) {
        let (prompt, completion) = (row["prompt"] ?? .null, row["completion"] ?? .null)
        guard isList(prompt) == isList(completion) || prompt.isNull || completion.isNull else {
            return extra.append((.error, "one of 'prompt' and 'completion' is a text, the other a conversation"))
        }
        guard note(isList(prompt), &extra) else { return }
        if isList(prompt) {
            check.check(prompt, column: "prompt", as: .prompt)
            check.check(completion, column: "completion", as: .answer)
        } else {
            check.check(text: prompt, column: "prompt")
            check.check(text: completion, column: "completion")
        }
    }

    private func checkInstruction(_ row: Row, _ check: inout TurnCheck) {
        check.check(text: row["instruction"] ?? .null, column: "instruction")
        if let input = row["input"], !input.isNull { check.check(text: input, column: "input", mayBeEmpty: true) }
        check.check(text: row["output"] ?? .null, column: "output")
    }

    private func isList(_ value: Value) -> Bool { value.arrayValue != nil }

    /// Sees that all rows are of the first one's kind, as the trainer takes it from that.
    private mutating func note(
        _ isConversation: Bool, _ extra: inout [(ValidationReport.Severity, String)]
    ) -> Bool {
        let first = isConversational ?? isConversation
        isConversational = first
        if first == isConversation { return true }
        extra.append(
            (
                .error,
                first
                    ? "the row has texts, the first one conversations"
                    : "the row has conversations, the first one texts"
            ))
        return false
    }
}
