import DistilabelParquet

/// Numbers that are the same on every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}

/// Schemas and cells of every shape.
struct RandomData {
    private var random: SeededGenerator
    private static let words = ["a", "", "naïve", "日本語", "🦜 parrot", "line\nbreak", "\"quoted\"", "\u{0}", "é"]

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

    mutating func schema(columns: Int) -> ParquetSchema {
        ParquetSchema((0..<columns).map { ParquetField("c\($0)", type(depth: 0)) })
    }

    private mutating func type(depth: Int) -> ParquetType {
        let leaves: [ParquetType] = [.bool, .int64, .double, .string, .bytes, .string, .int64, .int32, .null]
        if depth < 4, chance(depth == 0 ? 60 : 45) {
            if chance(50) { return .list(type(depth: depth + 1)) }
            return .structure((0..<number(1...3)).map { ParquetField("f\($0) é", type(depth: depth + 1)) })
        }
        return leaves[number(0...leaves.count - 1)]
    }

    mutating func columns(_ schema: ParquetSchema, rows: Int) -> [[TestCell]] {
        schema.fields.map { field in
            let nulls = [0, 0, 10, 50, 100][number(0...4)]
            let variety = [1, 3, 1000][number(0...2)]
            return (0..<rows).map { _ in cell(field.type, nulls: nulls, variety: variety) }
        }
    }

    private mutating func cell(_ type: ParquetType, nulls: Int, variety: Int) -> TestCell {
        if chance(nulls) { return .null }
        let pick = number(0...variety - 1)
        switch type {
        case .null, .unsupported: return .null
        case .bool: return .bool(chance(50))
        case .int32: return .int(Int64(Int32.min) + Int64(pick) * 3_000_000)
        case .int64: return .int(pick == 0 ? .min : pick == 1 ? .max : Int64(pick) &* 0x1234_5678_9ABC)
        case .float: return .double(Double(pick) / 4)
        case .double: return .double(pick == 0 ? -0.0 : Double(pick) / 7 * (chance(50) ? -1 : 1e300))
        case .string:
            let word = Self.words[pick % Self.words.count]
            return .string(variety < 1000 ? word : word + String(repeating: "\(pick) ", count: number(0...40)))
        case .bytes: return .bytes((0..<pick % 7).map { UInt8(truncatingIfNeeded: $0 * 51 + pick) })
        case .list(let element):
            return .list(
                (0..<[0, 1, 2, 9][number(0...3)]).map { _ in
                    cell(element, nulls: min(nulls, 50), variety: variety)
                })
        case .structure(let fields):
            return .object(fields.map { ($0.name, cell($0.type, nulls: min(nulls, 50), variety: variety)) })
        }
    }
}
