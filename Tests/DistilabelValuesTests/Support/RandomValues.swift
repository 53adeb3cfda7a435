import DistilabelTesting
import DistilabelValues

/// Values of every kind, drawn at random.
struct RandomValues {
    var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func value(depth: Int = 4) -> Value {
        switch Int.random(in: 0..<(depth == 0 ? 6 : 9), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .int(Int(truncatingIfNeeded: random.next() >> UInt64.random(in: 0..<64, using: &random)))
        case 3: return .double(double())
        case 4, 5: return .string(text())
        case 6: return .array((0..<Int.random(in: 0..<6, using: &random)).map { _ in value(depth: depth - 1) })
        default:
            var object = Value.Object()
            for _ in 0..<Int.random(in: 0..<20, using: &random) { object[text()] = value(depth: depth - 1) }
            return .object(object)
        }
    }

    private mutating func double() -> Double {
        let double = Double(bitPattern: random.next())
        if double.isFinite, Bool.random(using: &random) { return double }
        return Double(Int.random(in: -100_000...100_000, using: &random)) / 100
    }

    mutating func text() -> String {
        let alphabet: [Unicode.Scalar] = [
            "a", "b", "Z", "0", " ", "\"", "\\", "/", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "ß", "水", "😀",
            "\u{2028}", "\u{FFFF}", "\u{10FFFF}",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<24, using: &random) {
            text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
        }
        return String(text)
    }
}
