import DistilabelTesting
import DistilabelValues
import Testing

struct JSONNumberTests {
    /// Reads decimal literals as the C library does, which the standard library's `Double(_: String)` asks.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func roundsAsTheCLibraryDoes(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<1000 {
            let literal = decimal(&random)
            let expected = try #require(Double(literal))
            let read = try #require(try JSON.parse("[\(literal)]").arrayValue?.first?.doubleValue)
            #expect(read.bitPattern == expected.bitPattern, "\(literal)")
        }
    }

    /// Halves between two doubles, and their neighbours, which only the last digit decides.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func roundsHalvesToEven(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<200 {
            // An odd integer of 54 bits is half-way between two doubles; divided by ten it stays a literal of few digits.
            let half = random.next() >> 10 | 1 << 53 | 1
            for literal in ["\(half).0", "\(half).1", "\(half - 1).9", "\(half)e0", "\(half)0e-1", "\(half)00e-2"] {
                let expected = try #require(Double(literal))
                #expect(try JSON.parse(literal).doubleValue?.bitPattern == expected.bitPattern, "\(literal)")
            }
        }
    }

    private func decimal(_ random: inout SeededRandom) -> String {
        let digits = String(random.next() >> UInt64.random(in: 0..<64, using: &random))
        let sign = Bool.random(using: &random) ? "-" : ""
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            let point = Int.random(in: 1...digits.count, using: &random)
            let fraction = digits.dropFirst(point)
            return sign + digits.prefix(point) + "." + (fraction.isEmpty ? "0" : fraction)
        case 1:
            return sign + "0." + String(repeating: "0", count: Int.random(in: 0..<12, using: &random)) + digits
        case 2:
            return sign + digits + "e" + String(Int.random(in: -40...40, using: &random))
        default:
            return sign + digits + ".0" + digits + "E" + String(Int.random(in: -330...280, using: &random))
        }
    }
}
