internal import DistilabelModels
public import DistilabelPipeline
public import DistilabelValues
internal import Synchronization

/// Marks the rows whose text is much like that of an earlier one.
///
/// Rows are marked, not dropped, as in Python: a filter behind it decides.
public struct MinHashDedup: BatchStep {
    /// How texts are cut into the tokens by which they are compared.
    public enum Tokenizer: String, Sendable, Hashable, Codable, CaseIterable {
        /// Into words and signs, as the Penn Treebank does.
        case words
        /// Into all runs of `n` characters.
        case ngrams
    }

    /// Where Python keeps what it has seen.
    public enum Storage: String, Sendable, Hashable, Codable, CaseIterable {
        /// In memory.
        case dict
        /// In files.
        case disk
    }

    /// How many numbers the signature of a text has: more are more exact and take longer.
    public var numPerm = 128
    /// From what the functions of the signature are drawn.
    public var seed = 1
    /// How texts are cut into tokens.
    public var tokenizer = Tokenizer.words
    /// How many characters the tokens of `ngrams` have.
    public var n: Int? = 5
    /// The share of two texts' tokens that are in both, from which they count as duplicates; about, since signatures are compared.
    public var threshold = 0.9
    /// Where Python keeps what it has seen; of no effect, since it is little: some hundred bytes a text.
    public var storage = Storage.dict

    /// Makes the step.
    ///
    /// - Parameters:
    ///   - threshold: The share of tokens from which texts count as duplicates.
    ///   - tokenizer: How texts are cut into tokens.
    ///   - n: How many characters the tokens of `ngrams` have.
    ///   - numPerm: How many numbers the signature of a text has.
    ///   - seed: From what the functions of the signature are drawn.
    public init(threshold: Double = 0.9, tokenizer: Tokenizer = .words, n: Int = 5, numPerm: Int = 128, seed: Int = 1) {
        self.threshold = threshold
        self.tokenizer = tokenizer
        self.n = n
        self.numPerm = numPerm
        self.seed = seed
    }

    /// The text.
    public var inputs: [InputColumn] { ["text"] }
    /// Whether the row is to be kept.
    public var outputs: [String] { ["keep_row_after_minhash_filtering"] }

    /// Parameters out of range.
    public func problems() -> [String] {
        var problems: [String] = []
        if !(0...1).contains(threshold) { problems.append("`threshold` must be from 0 to 1, not \(threshold)") }
        if !(2...4096).contains(numPerm) { problems.append("`num_perm` must be from 2 to 4096, not \(numPerm)") }
        if UInt32(exactly: seed) == nil { problems.append("`seed` must be from 0 to 4294967295, not \(seed)") }
        if tokenizer == .ngrams, (n ?? 0) < 1 { problems.append("`n` must be at least 1 with `tokenizer: ngrams`") }
        return problems
    }

    /// The rows with the mark: the first of some that are alike is kept.
    public func process(_ rows: [Row], in context: StepContext) async throws -> [Row] {
        let memory = try await context.resources.shared("MinHashDedup \(context.stepName)") {
            Memory(
                hasher: MinHasher(count: numPerm, seed: UInt32(truncatingIfNeeded: seed)),
                index: SignatureIndex(bands: .init(threshold: threshold, length: numPerm)))
        } close: { _ in
        }
        return rows.map { row in
            var new = row
            do {
                let text = try row.text("text")
                let tokens =
                    tokenizer == .words ? TextTokens.words(of: text) : TextTokens.runs(of: text, length: n ?? 5)
                new[outputs[0]] = .bool(memory.insert(memory.hasher.signature(of: tokens)))
            } catch {
                new.noteFailure(error, of: context.stepName, outputs: outputs)
            }
            return new
        }
    }

    /// What was seen in a run.
    private final class Memory: Sendable {
        let hasher: MinHasher
        private let index: Mutex<SignatureIndex>

        init(hasher: MinHasher, index: SignatureIndex) {
            self.hasher = hasher
            self.index = Mutex(index)
        }

        func insert(_ signature: [UInt32]) -> Bool { index.withLock { $0.insert(signature) } }
    }

    /// The defaults.
    public static var defaults: MinHashDedup { MinHashDedup() }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.steps.filtering.minhash" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Marks the rows whose text is much like that of an earlier one.",
            discussion:
                "Texts are compared by signatures of their tokens (MinHash), found by bands of them (LSH); with the same seed the signatures are those of Python's datasketch.",
            parameters: [
                "num_perm": "how many numbers the signature of a text has: more are more exact and take longer",
                "seed": "from what the functions of the signature are drawn",
                "tokenizer":
                    "how texts are cut into tokens: words, as the Penn Treebank does, or ngrams, into all runs of n characters",
                "n": "how many characters the tokens of ngrams have",
                "threshold": "the share of two texts' tokens that are in both, from which they count as duplicates",
                "storage": "where Python keeps what it has seen, dict or disk; of no effect, since it is little",
            ],
            source: "https://ekzhu.com/datasketch/lsh.html")
    }
}
