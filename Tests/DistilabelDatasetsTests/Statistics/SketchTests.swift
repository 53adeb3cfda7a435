import DistilabelValues
import Testing

@testable import DistilabelDatasets

struct SketchTests {
    /// Beyond the exact limit every quantile is within half a percent of a number that stands at that place.
    @Test(arguments: [UInt64(1), 2, 3])
    func quantilesOfManyNumbersAreCloseToThoseOfTheSortedNumbers(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var numbers: [Double] = []
        var sketch = QuantileSketch()
        for _ in 0..<60_000 {
            // Over ten orders of magnitude, a few negative, some zero.
            let unit = Double(random.next() >> 11) / Double(1 << 53)
            var number = unit < 0.02 ? 0 : (0..<Int(unit * 10)).reduce(unit) { size, _ in size * 9.7 }
            if random.number(below: 7) == 0 { number = -number }
            numbers.append(number)
            sketch.add(number)
        }
        numbers.sort()
        let found = try #require(sketch.finished())
        #expect(!found.isExact && found.count == numbers.count)
        #expect(found.minimum == numbers.first && found.maximum == numbers.last)
        for (figure, part) in [(found.median, 0.5), (found.p95, 0.95)] {
            let place = part * Double(numbers.count - 1)
            let near = [numbers[Int(place.rounded(.down))], numbers[Int(place.rounded(.up))]]
            #expect(near.contains { abs($0 - figure) <= abs($0) * QuantileSketch.accuracy * 1.0001 })
        }
        #expect(found.histogram.reduce(0) { $0 + $1.count } == numbers.count)
        #expect(found.histogram.count <= 40)
    }

    @Test func numbersThatAreNotFiniteCountApart() throws {
        var sketch = QuantileSketch()
        for number in [
            1, .nan, .infinity, -.infinity, 3, Double.greatestFiniteMagnitude, -Double.greatestFiniteMagnitude,
        ] {
            sketch.add(number)
        }
        let found = try #require(sketch.finished())
        #expect(found.count == 4 && found.nonFiniteCount == 3 && found.median == 2)
        #expect(found.histogram.reduce(0) { $0 + $1.count } == 4)
    }

    @Test(arguments: [
        [0.1, 0.2, 0.3], [Double.leastNonzeroMagnitude, 3e-308], [-1e300, 1e300], [-1.7e308, 1.7e308],
        [1e300, 1.7e308], [7], [1e15, 1e15 + 1], [-0.0, 0.0],
    ])
    func histogramsHoldEveryNumber(_ few: [Double]) throws {
        var sketch = QuantileSketch()
        for number in few { sketch.add(number) }
        // Enough different numbers that they are no bins of their own.
        for step in 0..<20 { sketch.add(few[0] + (few[few.count - 1] - few[0]) * Double(step) / 19) }
        let found = try #require(sketch.finished())
        #expect(found.histogram.reduce(0) { $0 + $1.count } == found.count)
        #expect(found.count + found.nonFiniteCount == few.count + 20)
        #expect(found.histogram.count <= 66)
        #expect(found.histogram.allSatisfy { $0.lower <= $0.upper && $0.lower.isFinite })
    }

    /// The tail may be further away than any integer is large.
    @Test(
        arguments: [1e-300, 1e-9, 1, 1e18, 1e200],
        [1e19, 1e300, Double.greatestFiniteMagnitude, -Double.greatestFiniteMagnitude])
    func histogramsAreSmallHoweverFarTheTail(_ unit: Double, _ far: Double) throws {
        var sketch = QuantileSketch()
        for step in 0..<2000 { sketch.add(unit * Double(step % 50)) }
        sketch.add(far)
        let found = try #require(sketch.finished())
        #expect(found.histogram.count <= 66)
        #expect(found.histogram.reduce(0) { $0 + $1.count } == 2001)
        #expect(found.histogram.allSatisfy { $0.lower <= $0.upper && $0.lower.isFinite && $0.upper.isFinite })
    }

    @Test func aFullSampleStaysSmallAndCountsNearly() {
        var all = HashSample(capacity: 1000)
        var twice = HashSample(capacity: 1000)
        for row in 0..<100_000 {
            let hash = ContentHash.of(.int(row))
            all.add(hash, row: row)
            // Every thing comes four times.
            twice.add(ContentHash.of(.int(row / 4)), row: row)
        }
        #expect(!all.isExact)
        #expect(all.duplicates().repeated == 0, "nothing repeats, so nothing is scaled up")
        // 1.2/√1000 is 4 %; four times that is beyond chance.
        #expect(abs(all.distinctCount - 100_000) < 16_000)
        #expect(abs(twice.distinctCount - 25_000) < 4000)
        #expect(abs(twice.duplicates().repeated - 75_000) < 12_000)
        #expect(twice.duplicates().largestGroup == 4)
    }

    @Test func repetitionsKnowTheirFirstRow() {
        var sample = HashSample()
        for (row, thing) in ["a", "b", "b", "a", "b"].enumerated() { sample.add(ContentHash.of(thing), row: row) }
        let count = sample.duplicates()
        #expect(count.total == 5 && count.distinct == 2 && count.repeated == 3 && count.isExact)
        #expect(count.largestGroup == 3 && count.largestGroupRow == 2)
    }

    private static let pairs: [(left: Value, right: Value, isEqual: Bool)] = [
        (.int(1), .double(1), true), (.int(1), .double(1.5), false), (.double(0), .double(-0.0), true),
        (["a": 1, "b": 2], ["b": 2, "a": 1], true), (["a": 1, "b": nil], ["a": 1], true), ([nil], [], false),
        (["ab", "c"], ["a", "bc"], false), ("", nil, false), (["a": ["b": 1]], ["b": ["a": 1]], false),
        ("1", 1, false), (true, 1, false), ("12345678", "123456789", false), ("a", "a\0", false),
        (.double(.nan), .double(-.nan), true), (.int(.max), .double(Double(Int.max)), false),
    ]

    @Test(arguments: pairs.indices)
    func hashesAreEqualForWhatAFileCannotTellApart(_ index: Int) {
        let pair = Self.pairs[index]
        #expect((ContentHash.of(pair.left) == ContentHash.of(pair.right)) == pair.isEqual, "\(pair)")
    }

    @Test func deepValuesAreHashed() {
        var deep: Value = 1
        var other: Value = 2
        for _ in 0..<900 { (deep, other) = ([deep], [other]) }
        #expect(ContentHash.of(deep) != ContentHash.of(other))
    }

    /// Whatever the order, a value that makes up more than its share is kept, with a count that is not too large.
    @Test(arguments: [UInt64(1), 2, 3, 4])
    func frequentValuesAreNotLost(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var frequent = FrequentValues(limit: 8)
        var counts: [Int: Int] = [:]
        for _ in 0..<5000 {
            let value = random.number(below: 3) == 0 ? 7 : Int(random.number(below: 200))
            counts[value, default: 0] += 1
            frequent.add(ContentHash.of(.int(value)), label: "\(value)")
        }
        let best = frequent.ranking.first
        #expect(best?.label == "7")
        let count = counts[7] ?? 0
        #expect((best?.count ?? 0) <= count && (best?.count ?? 0) + frequent.lost >= count)
    }
}
