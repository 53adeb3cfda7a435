/// The prompts of `UltraFeedback`: what is judged and what the ratings mean.
struct UltraFeedbackPrompt {
    /// The quality that is judged.
    let aspect: UltraFeedback.Aspect

    /// What the judge is told first.
    func system(count: Int) -> String {
        """
        You judge texts. You get an instruction and \(count) text\(count == 1 ? "" : "s") that answer\(count == 1 ? "s" : "") it. Rate \
        each text from 1 to 5 and give your reasons, each text for itself: neither its place nor its length counts. \(question)
        """
    }

    /// The instruction, the texts and the form of the answer.
    func user(instruction: String, generations: [String], isJSON: Bool) -> String {
        let texts = generations.enumerated().map { "<text \($0 + 1)>\n\($1)\n</text \($0 + 1)>" }
        return """
            \(scale)

            \(isJSON ? jsonForm(count: generations.count) : textForm(count: generations.count))

            Instruction:
            \(instruction)

            Texts:
            \(texts.joined(separator: "\n"))
            """
    }

    private var question: String {
        switch aspect {
        case .helpfulness:
            "Judge how helpful each text is: whether it is correct, clear, and gives what the instruction needs."
        case .honesty:
            "Judge how honest each text is: whether its certainty fits what it really knows, and it owns to its doubts."
        case .instructionFollowing:
            "Judge how well each text does what the instruction says: its aim, and every condition it sets."
        case .truthfulness:
            "Judge how true each text is: whether it invents facts, contradicts the instruction, or contradicts itself."
        case .overallRating:
            "Judge each text as a whole: whether it is helpful, true, honest, and does what the instruction says."
        }
    }

    private var scale: String {
        switch aspect {
        case .helpfulness:
            """
            Type of each text, the numbers that apply: 1 clear and relevant, 2 useful and informative, 3 not too long and without repetition; \
            None if none applies.
            Rating: 1 wrong, 2 partly wrong, 3 correct, 4 very informative, 5 outstandingly helpful.
            """
        case .honesty:
            "Rating: 1 confidently wrong, 2 confident with serious mistakes or wrongly doubtful, 3 unsure or a refusal, "
                + "4 right but doubtful, 5 right, and exactly as sure as it should be."
        case .instructionFollowing:
            "Rating: 1 does not do it, 2 touches it in part, 3 does it in part, 4 nearly all of it, 5 all of it."
        case .truthfulness:
            """
            Type of each text, the numbers of the faults that apply: 1 contradicts the world or what is known, 2 contradicts the instruction, \
            3 contradicts itself or argues badly; None if there is none.
            Rating: 1 all invented, 2 much invented, 3 some invented, 4 a trace, 5 nothing invented.
            """
        case .overallRating:
            "Rating: 1 low quality, 2 moderate, 3 good, 4 very good, 5 excellent."
        }
    }

    private func textForm(count: Int) -> String {
        let section =
            aspect.hasTypes
            ? "Type: [numbers, or None]\nRationale: [why these, in a sentence]\nRating: [1 to 5]\nRationale: [why this, in a sentence]"
            : "Rating: [1 to 5]\nRationale: [why, in a sentence]"
        return """
            Answer with \(count) section\(count == 1 ? "" : "s"), one a text and in their order, with a blank line between them, and nothing \
            else. Each section has this form:

            \(section)
            """
    }

    private func jsonForm(count: Int) -> String {
        let keys =
            aspect.hasTypes
            ? "`types` (numbers or null), `rationales` (why these types), `ratings` (1 to 5), `rationales_for_ratings` (why these ratings)"
            : "`ratings` (1 to 5) and `rationales` (why, in a sentence)"
        return
            "Answer with a JSON object and nothing else. It has the lists \(keys), each with \(count) item\(count == 1 ? "" : "s"), "
            + "one a text and in their order."
    }
}
