import DistilabelDatasets
import DistilabelValues
import Testing

struct TablePrinterTests {
    @Test func rowsStandAligned() {
        let rows: [Row] = [
            ["id": 1, "text": "two\nlines", "messages": [["role": "user"]]], ["id": 20, "text": "日本", "messages": nil],
        ]
        #expect(
            TablePrinter(width: 80).text(of: rows) == """
                ┌────┬───────────┬───────────────────┐
                │ id │ text      │ messages          │
                ├────┼───────────┼───────────────────┤
                │  1 │ two⏎lines │ [{"role":"user"}] │
                │ 20 │ 日本      │ null              │
                └────┴───────────┴───────────────────┘

                """)
    }

    @Test(arguments: [20, 40, 80, 200])
    func noLineIsWiderThanTheTerminal(width: Int) {
        let long = String(repeating: "word ", count: 100)
        let rows: [Row] = (0..<3).map { ["id": .int($0), "a": .string(long), "b": .string(long), "c": "short"] }
        let lines = TablePrinter(width: width, usesBoxCharacters: false).text(of: rows).split(separator: "\n")
        #expect(lines.filter { !$0.hasPrefix("also:") }.allSatisfy { $0.count <= width })
        let names = ["id", "a", "b", "c"]
        #expect(names.allSatisfy { name in lines.contains { $0.contains(name) } }, "a column left out is named")
    }

    @Test func controlCharactersDoNotReachTheTerminal() {
        let text = TablePrinter(width: 80).text(of: [["a": "\u{1B}[31mred\u{7}\r\u{9B}x"]])
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value) })
    }

    @Test func noRowsMakeATableOfNames() {
        #expect(TablePrinter(width: 80).text(columns: ["a"], rows: []).split(separator: "\n").count == 4)
        #expect(TablePrinter(width: 80).text(of: []).isEmpty)
    }
}
