import DistilabelModels
import DistilabelPipeline
import DistilabelValues
import Testing

@testable import DistilabelSteps

struct MinHashDedupTests {
    private func marks(_ step: MinHashDedup, _ texts: [Value], size: Int = 2) async throws -> [Value?] {
        try await process(step, texts.map { ["text": $0] }, size: size).map { $0[step.outputs[0]] }
    }

    @Test func keepsTheFirstOfEqualTextsAcrossBatches() async throws {
        let texts: [Value] = ["the same words", "other ones", "the same words", "third", "other ones"]
        #expect(try await marks(MinHashDedup(), texts) == [true, true, false, true, false])
    }

    @Test func forgetsWithTheRun() async throws {
        let step = MinHashDedup()
        #expect(try await marks(step, ["a b c"]) == [true])
        #expect(try await marks(step, ["a b c"]) == [true])
    }

    @Test func twoStepsOfARunDoNotShareWhatTheySaw() async throws {
        let resources = RunResources(environment: [:])
        for name in ["one", "two"] {
            let made = try await MinHashDedup().process(
                [["text": "a b c"]], in: StepContext(stepName: name, resources: resources))
            #expect(made[0]["keep_row_after_minhash_filtering"] == true)
        }
    }

    @Test func aTextShorterThanARunIsNoDuplicateOfAnotherOne() async throws {
        let step = MinHashDedup(tokenizer: .ngrams, n: 5)
        #expect(try await marks(step, ["abc", "xyz", "abc"]) == [true, true, false])
    }

    @Test func aRowWithoutATextFailsAlone() async throws {
        let made = try await process(MinHashDedup(), [["text": 3], ["text": "a"]], size: 2)
        #expect(made[0]["distilabel_metadata"]?["failure_step"] == "`text` is no text but int")
        #expect(made[0]["keep_row_after_minhash_filtering"] == .null)
        #expect(made[1]["keep_row_after_minhash_filtering"] == true)
    }

    @Test(arguments: [
        (MinHashDedup(threshold: 1.5), "threshold"), (MinHashDedup(numPerm: 1), "num_perm"),
        (MinHashDedup(seed: -1), "seed"), (MinHashDedup(tokenizer: .ngrams, n: 0), "`n`"),
    ]) func saysWhatIsOutOfRange(step: MinHashDedup, says: String) {
        #expect(step.problems().contains { $0.contains(says) })
        #expect(MinHashDedup().problems().isEmpty)
    }

    /// What nltk 3.9's `word_tokenize` makes of the sentences.
    @Test(arguments: [
        ("Good muffins cost $3.88 in New York.", "Good muffins cost $ 3.88 in New York ."),
        ("I can't say \"no\" to well-known friends, can I?", "I ca n't say `` no '' to well-known friends , can I ?"),
        ("They'll cannot (really) do it--ever...", "They 'll can not ( really ) do it -- ever ..."),
        ("At 10:30, Dr. Smith's dogs' bowls: 2; cats 5%!", "At 10:30 , Dr. Smith 's dogs ' bowls : 2 ; cats 5 % !"),
        ("It ended. Then we left the U.S. for good.", "It ended . Then we left the U.S. for good ."),
    ]) func cutsWordsAsTheTreebankDoes(text: String, words: String) {
        let made = TreebankWords.words(of: text).map { String(decoding: $0, as: UTF8.self) }
        #expect(made.joined(separator: " ") == words)
    }

    @Test func runsAreOfCodePoints() {
        let made = TextTokens.runs(of: "aé日🎈", length: 2).map { String(decoding: $0, as: UTF8.self) }
        #expect(Set(made) == ["aé", "é日", "日🎈"])
        #expect(TextTokens.runs(of: "", length: 3).isEmpty)
    }
}
