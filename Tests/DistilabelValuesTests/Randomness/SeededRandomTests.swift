import DistilabelValues
import Testing

struct SeededRandomTests {
    /// The first numbers of the reference implementation for a seed, as Rosetta Code's task on SplitMix64 lists them.
    @Test func numbersAreThoseOfTheReference() {
        var generator = SeededRandom(seed: 1_234_567)
        let expected: [UInt64] = [
            6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423, 4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ]
        #expect(expected.map { _ in generator.next() } == expected)
    }

    @Test func everyOrderIsAsLikely() {
        var counts: [[Int]: Int] = [:]
        var random = SeededRandom(seed: 1)
        for _ in 0..<6000 { counts[random.shuffled([0, 1, 2]), default: 0] += 1 }
        #expect(counts.count == 6)
        #expect(counts.values.allSatisfy { (850...1150).contains($0) })
    }
}
