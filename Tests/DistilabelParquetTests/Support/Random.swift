import DistilabelParquet
import DistilabelValues

/// Schemas and cells of every shape.
struct RandomData {
    private var random: SeededRandom
    private static let words = ["a", "", "naïve", "日本語", "🦜 parrot", "line\nbreak", "\"quoted\"", "\u{0}", "é"]

    /// Whether dates, times, decimals, UUIDs, maps and small floats occur.
    private let hasScalars: Bool

    init(seed: UInt64, hasScalars: Bool = false) {
        random = SeededRandom(seed: seed)
        self.hasScalars = hasScalars
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

    mutating func schema(columns: Int) -> ParquetSchema {
        ParquetSchema((0..<columns).map { ParquetField("c\($0)", type(depth: 0)) })
    }

    private mutating func type(depth: Int) -> ParquetType {
        let plain: [ParquetType] = [.bool, .int64, .double, .string, .bytes, .string, .int64, .int32, .null]
        let scalars: [ParquetType] = [
            .float, .date, .time(.milliseconds, isUTC: false), .time(.microseconds, isUTC: false),
            .timestamp(.milliseconds, isUTC: true), .timestamp(.microseconds, isUTC: false),
            .timestamp(.nanoseconds, isUTC: false), .decimal(precision: 7, scale: 2),
            .decimal(precision: 18, scale: 0), .decimal(precision: 38, scale: 11), .uuid,
        ]
        let leaves = hasScalars ? plain + scalars : plain
        if depth < 4, chance(depth == 0 ? 60 : 45) {
            if hasScalars, chance(20) {
                return .map(key: chance(50) ? .string : .int64, value: type(depth: depth + 1))
            }
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
        case .null, .unsupported, .interval: return .null
        case .date: return .string(ParquetScalar.date(days: Int32(pick) * 997 - 300_000).description)
        case .time(let unit, _):
            return .string(ParquetScalar.time(Int64(pick) * 86_399 * unit.ticksPerSecond / 1000, unit).description)
        case .timestamp(let unit, let isUTC):
            // Within the years that nanoseconds and Python's calendar reach.
            let ticks = (Int64(pick) - 500) * 17_000_003 * unit.ticksPerSecond / 7 / 1000 * 1000
            return .string(ParquetScalar.timestamp(ticks, unit, isUTC: isUTC).description)
        case .decimal(let precision, let scale):
            let digits = (1..<precision).reduce(Int128(7)) { number, _ in number * 10 + Int128(pick % 10) }
            let value = ParquetDecimal(unscaled: pick % 2 == 0 ? digits : -digits / 3, scale: scale)
            return .string(value.description)
        case .uuid: return .string(ParquetScalar.uuid(UInt64(pick) &* 0x9E37_79B9_7F4A_7C15, UInt64(pick)).description)
        case .map(let key, let value):
            return .list(
                (0..<[0, 1, 3][number(0...2)]).map { place in
                    // Keys differ, since readers differ on those that do not.
                    let name: TestCell = key == .string ? .string("k\(place)é") : .int(Int64(place))
                    let nested = cell(value, nulls: min(nulls, 50), variety: variety)
                    return .object([("key", name), ("value", nested)])
                })
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
