import DistilabelPipeline
import DistilabelTasks
import DistilabelTesting
import DistilabelValues
import Testing

/// No text that a model may say is more than a failed row.
struct ParserFuzzTests {
    private static let row: Row = [
        "instruction": "q", "input": "topic", "generations": ["a", "b"],
        "messages": [["role": "user", "content": "x"]],
    ]

    private static let seeds = [
        "Rating: 4\nRationale: fine.\n\nRating: 2\nRationale: poor.", "Type: 1\nRationale: x\nRating: 3\nRationale: y",
        "1. First\n2. Second\n\n- Third", #"{"ratings": [1, 2], "rationales": ["a", "b"]}"#, #"{"ratings": ["#,
        "```json\n{\"rating\": 99999999999999999999}\n```", "Rating: ½\u{0}\u{202E}", "Rating: -9223372036854775808",
        "", " ", "\n\n\n", "Rating:", "Rationale:", "null", "[[[[[[[[[[", "#### Output for Text 1\n", "評価: ４",
        "\u{FEFF}Rating: 5",
        String(repeating: "Rating: 1\n", count: 500), String(repeating: "{", count: 5000),
    ]

    private static let pieces = [
        "Rating: ", "Rationale: ", "Type: ", "\n", "\n\n", "1", "5", "9999999999999999999999", "-", ".", "é", "🐢", "{",
        "}",
        "[", "]", "\"", "\\", ":", ",", "\u{0}", "\r\n", "N/A", "####", "1.", "2)", "true", "\u{301}", " ",
    ]

    private static func texts(_ seed: UInt64) -> [String] {
        var random = SeededRandom(seed: seed)
        let mutated = (0..<300).map { _ -> String in
            var scalars = Array((seeds.randomElement(using: &random) ?? "").unicodeScalars.prefix(400))
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0...scalars.count, using: &random)
                if Bool.random(using: &random), place < scalars.count {
                    scalars.removeSubrange(place..<min(scalars.count, place + Int.random(in: 1...9, using: &random)))
                } else {
                    scalars.insert(contentsOf: (pieces.randomElement(using: &random) ?? "").unicodeScalars, at: place)
                }
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            return String(text)
        }
        let made = (0..<300).map { _ in
            (0..<Int.random(in: 1...30, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                .joined()
        }
        return seeds + mutated + made
    }

    private func holds(_ task: some LLMTask, _ text: String?, sourceLocation: SourceLocation = #_sourceLocation) {
        do {
            let columns = try task.parse(text, for: Self.row)
            #expect(Set(columns.keys).isSubset(of: task.outputs), sourceLocation: sourceLocation)
        } catch {
            #expect(error is RowFailure, "\(error)", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: StandardTasks.all.map { $0.componentName }) func survivesAnyAnswer(_ name: String) throws {
        let type = try #require(StandardTasks.all.first { $0.componentName == name })
        var task = try #require(type.defaults as? any LLMTask)
        for isStructured in [false, true] {
            task.settings.useDefaultStructuredOutput = isStructured
            holds(task, nil)
            for text in Self.texts(isStructured ? 7 : 8) { holds(task, text) }
        }
    }

    @Test(arguments: UltraFeedback.Aspect.allCases) func survivesAnyRating(_ aspect: UltraFeedback.Aspect) {
        var task = UltraFeedback.defaults
        task.aspect = aspect
        for text in Self.texts(9) { holds(task, text) }
    }
}
