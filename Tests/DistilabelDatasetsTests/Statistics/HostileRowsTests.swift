import DistilabelValues
import Testing

@testable import DistilabelDatasets

/// Rows of whatever shape under the names that mean something: figures, rows or reasons come of them, never a crash.
struct HostileRowsTests {
    private static let names = [
        "prompt", "instruction", "messages", "conversations", "chosen", "rejected", "completion", "label",
        "generations",
        "ratings", "generation_models", "chosen_model", "rejected_model", "chosen_rating", "rejected_rating", "input",
        "output", "generation", "text", "system_prompt", "distilabel_metadata",
    ]

    private static func value(_ random: inout SplitMix64, depth: Int) -> Value {
        switch random.number(below: depth > 0 ? 13 : 8) {
        case 0: return .null
        case 1: return .bool(random.number(below: 2) == 0)
        case 2: return .int(Int(truncatingIfNeeded: random.next()))
        case 3: return .double(Double(bitPattern: random.next()))
        case 4: return ""
        case 5: return .int(Int(random.number(below: 6)))
        case 6, 7:
            return .string(
                ["user", "assistant", "a\u{0}b", "数\n 🙂", "{\"failure_x\":\"y\"}"][Int(random.number(below: 5))])
        case 8, 9: return .array((0..<random.number(below: 4)).map { _ in value(&random, depth: depth - 1) })
        case 10:
            return [
                "role": value(&random, depth: 0), "content": value(&random, depth: depth - 1),
                "from": value(&random, depth: 0), "value": value(&random, depth: 0),
            ]
        case 11: return .array((0..<3).map { turn($0 % 2 == 0 ? "user" : "assistant", "\($0)") })
        default:
            return ["failure_a": value(&random, depth: 0), "statistics_b": ["input_tokens": value(&random, depth: 0)]]
        }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
    func nothingCrashes(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var rows: [Row] = []
        for _ in 0..<400 {
            var row = Row()
            for name in Self.names where random.number(below: 3) > 0 { row[name] = Self.value(&random, depth: 3) }
            rows.append(row)
        }
        let dataset = Dataset(rows)
        let statistics = try DatasetStatistics(of: dataset)
        #expect(statistics.rowCount == 400)
        #expect(statistics.columns.allSatisfy { $0.nullCount <= 400 })
        _ = StatisticsText(width: 60).text(of: statistics)
        _ = StatisticsPage(title: "x", parts: [.init(configuration: "a", split: "b", statistics: statistics)]).html
        _ = JSON.string(statistics.json)
        for form in TrainingForm.allCases {
            let report = try DatasetValidator(form: form, maximumCharacters: 3).report(on: dataset)
            #expect(report.faultyRowCount <= 400)
            for isPlain in form.canBePlain ? [true, false] : [false] {
                let conversion = try TrainingConversion(to: form, isPlain: isPlain)
                for row in rows {
                    do { #expect(try !conversion.rows(of: row).isEmpty) } catch { #expect(error is SkippedRow) }
                }
            }
        }
    }
}
