import DistilabelValues
import Testing

@testable import DistilabelDatasets

struct StatisticsReportTests {
    /// Rows whose every text, name and number tries to be something else.
    private static let hostile = "<script>alert('x')</script>&amp;\"'\u{1B}[31m\u{202E}\u{0}]]>\n</style>"

    private func statistics() throws -> DatasetStatistics {
        var random = SplitMix64(seed: 5)
        let rows: [Row] = (0..<300).map { index in
            let name = "\(Self.hostile)\(random.number(below: 3))"
            return [
                "prompt": .string(String(repeating: "word ", count: Int(random.number(below: 90)))),
                Self.hostile: .string(Self.hostile), "数": .double(Double(random.number(below: 1000)) / 7),
                "chosen": [turn("user", "x"), turn(Self.hostile, "y \(index)")],
                "rejected": [turn("user", "x"), turn("assistant", "z")],
                "chosen_model": .string(name), "rejected_model": .string("\(Self.hostile)\(random.number(below: 3))"),
                "chosen_rating": .int(Int(random.number(below: 3)) + 3),
                "rejected_rating": .int(Int(random.number(below: 3)) + 1),
                "distilabel_metadata": [
                    "failure_\(Self.hostile)": index % 5 == 0 ? .string(Self.hostile) : nil,
                    "statistics_judge": ["input_tokens": 3, "output_tokens": 4],
                ],
            ]
        }
        return try DatasetStatistics(of: Dataset(rows))
    }

    @Test(arguments: [40, 60, 80, 100, 200], [true, false])
    func noLineIsWiderThanTheTerminal(width: Int, usesBlocks: Bool) throws {
        let printer = StatisticsText(width: width, usesBlockCharacters: usesBlocks)
        let text = printer.text(of: try statistics())
        // A column of numbers is never cut; below this the table of lengths needs more.
        for line in text.split(separator: "\n") where width >= 80 { #expect(TextWidth.of(line) <= width, "\(line)") }
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F })
        #expect(text.contains("█") == usesBlocks && text.contains("##") != usesBlocks)
        for title in [
            "Columns", "Ratings", "Pairs", "Win share a model", "Duplicates", "Failures", "Tokens", "Worth a look",
        ] {
            #expect(text.contains(title), "\(title)")
        }
    }

    /// An HTML parser that is not ours finds marks that are closed, no script, and nothing that is loaded.
    @Test(.enabled(if: Python.hasYAML))
    func thePageIsWellFormedAndLoadsNothing() throws {
        let page = StatisticsPage(
            title: Self.hostile,
            parts: [.init(configuration: Self.hostile, split: "train", statistics: try statistics())])
        let script = #"""
            import re, sys
            from html.parser import HTMLParser
            text = sys.stdin.read()
            empty = {"meta", "br", "img", "link", "input"}
            class Reader(HTMLParser):
                stack, names, words, problems = [], {}, [], []
                def handle_starttag(self, tag, attributes):
                    self.names[tag] = self.names.get(tag, 0) + 1
                    for name, value in attributes:
                        if name.startswith("on") or name in ("src", "href", "xlink:href", "style") or "url(" in (value or ""):
                            self.problems.append((tag, name, value))
                    if tag not in empty: self.stack.append(tag)
                def handle_startendtag(self, tag, attributes):
                    self.names[tag] = self.names.get(tag, 0) + 1
                def handle_endtag(self, tag):
                    if not self.stack or self.stack.pop() != tag: self.problems.append(("closed wrongly", tag))
                def handle_data(self, data): self.words.append(data)
            reader = Reader(); reader.feed(text); reader.close()
            assert not reader.stack and not reader.problems, (reader.stack, reader.problems)
            assert "script" not in reader.names and "link" not in reader.names, reader.names
            assert reader.names["svg"] >= 6 and reader.names["style"] == 1, reader.names
            assert "url(" not in text and "@import" not in text and "http" not in text.replace("http-equiv", "")
            # What was in the data stands there as words, without control characters.
            assert "<script>alert('x')</script>&amp;\"'" in "".join(reader.words)
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", text)
            print("fine")
            """#
        #expect(try Python.run(Python.withYAML, script, input: page.html) == "fine\n")
    }

    @Test func thePageIsWrittenWholeAndReplacesAnOlderOne() throws {
        let folder = try TemporaryFolder()
        let page = StatisticsPage(title: "x", parts: [])
        try page.write(to: folder.path("report.html"))
        try page.write(to: folder.path("report.html"))
        #expect(folder.listing() == ["report.html"])
        #expect(try textOf(folder.path("report.html")) == page.html)
        #expect(throws: DatasetError.self) { try page.write(to: folder.path("none/report.html")) }
        #expect(throws: DatasetError.self) { try page.write(to: folder.root) }
    }

    @Test(arguments: [
        (0, "0"), (-3, "-3"), (1234, "1,234"), (0.5, "0.5"), (-0.0001, "-1e-4"), (12.345, "12.35"),
        (1234.56, "1,234.6"),
        (1e20, "1e20"), (99.999, "100"), (1e15, "1e15"), (2.5e-7, "2.5e-7"), (.infinity, "inf"),
    ])
    func numbersAreShort(_ number: Double, _ text: String) { #expect(NumberText.decimal(number) == text) }

    @Test(arguments: [(0, "0.0 %"), (1, "<0.1 %"), (500, "5.0 %"), (9999, ">99.9 %"), (10000, "100.0 %")])
    func sharesNeverHideAFew(_ part: Int, _ text: String) { #expect(NumberText.share(part, of: 10000) == text) }
}
