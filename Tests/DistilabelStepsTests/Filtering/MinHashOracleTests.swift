import DistilabelPipeline
import DistilabelTesting
import DistilabelValues
import Testing

@testable import DistilabelSteps

/// Signatures and verdicts beside those of Python's datasketch.
@Suite(.enabled(if: ScientificPython.isAvailable, "DISTILABEL_PYTHON has no scikit-learn and datasketch"))
struct MinHashOracleTests {
    @Test(arguments: [(1, 128), (7, 64), (0, 16), (4_294_967_295, 33)])
    func drawsDatasketchsSignatures(seed: Int, count: Int) throws {
        let sets = [["a"], ["one", "two", "three"], [], ["Zürich", "東京", "🎈", "x y", ""]]
        let hasher = MinHasher(count: count, seed: UInt32(seed))
        let made = sets.map { set in
            Value.array(hasher.signature(of: set.map { Array($0.utf8) }).map { .int(Int($0)) })
        }
        let expected = try ScientificPython.ask(
            """
            from datasketch import MinHash
            sets = [[t.encode() for t in s] for s in given["sets"]]
            answer = [m.hashvalues.tolist() for m in MinHash.bulk(sets, num_perm=given["count"], seed=given["seed"])]
            """,
            [
                "sets": .array(sets.map { .array($0.map(Value.string)) }), "count": .int(count), "seed": .int(seed),
            ])
        #expect(.array(made) == expected)
    }

    @Test func cutsSignaturesAsDatasketchDoes() throws {
        let wanted = [0.3, 0.5, 0.75, 0.9, 0.95, 0.99].flatMap { threshold in
            [16, 64, 128, 200].map { (threshold, $0) }
        }
        let made = wanted.map { threshold, length in
            let bands = SignatureIndex.Bands(threshold: threshold, length: length)
            return Value.array([.int(bands.count), .int(bands.rows)])
        }
        let expected = try ScientificPython.ask(
            """
            from datasketch.lsh import _optimal_param
            answer = [list(_optimal_param(t, n, 0.5, 0.5)) for t, n in given]
            """, .array(wanted.map { [.double($0), .int($1)] }))
        #expect(.array(made) == expected)
    }

    /// Texts of which many differ from an earlier one by some characters.
    private static func texts(_ count: Int) -> [String] {
        var random = SeededRandom(seed: 11)
        let letters = Array("abcdefghijklmnopqrstuvwxyz     éß日🎈")
        var texts: [String] = []
        for _ in 0..<count {
            var text =
                texts.count > 10 && Bool.random(using: &random) ? Array(texts.randomElement(using: &random) ?? "") : []
            if text.isEmpty {
                text = (0..<Int.random(in: 5...120, using: &random)).map { _ in
                    letters.randomElement(using: &random) ?? "a"
                }
            }
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                text[Int.random(in: text.indices, using: &random)] = letters.randomElement(using: &random) ?? "a"
            }
            texts.append(String(text))
        }
        return texts
    }

    @Test(arguments: [(0.9, 5, 1), (0.7, 3, 3), (0.5, 2, 9)])
    func marksWhatDatasketchMarks(threshold: Double, n: Int, seed: Int) async throws {
        let texts = Self.texts(600)
        let step = MinHashDedup(threshold: threshold, tokenizer: .ngrams, n: n, seed: seed)
        let made = try await process(step, texts.map { ["text": .string($0)] }, size: 50).map {
            $0[step.outputs[0]] ?? .null
        }
        let expected = try ScientificPython.ask(
            """
            from datasketch import MinHash, MinHashLSH
            n, seed = given["n"], given["seed"]
            lsh, answer = MinHashLSH(threshold=given["threshold"], num_perm=128), []
            for i, t in enumerate(given["texts"]):
                grams = {t[j:j + n].encode() for j in range(len(t) - n + 1)} or {t.encode()}
                m = next(iter(MinHash.bulk([grams], num_perm=128, seed=seed)))
                answer.append(not lsh.query(m))
                if answer[-1]: lsh.insert(str(i), m)
            """,
            [
                "texts": .array(texts.map(Value.string)), "threshold": .double(threshold), "n": .int(n),
                "seed": .int(seed),
            ])
        #expect(.array(made) == expected)
        #expect(Set(made).count == 2, "texts of both kinds")
    }
}
