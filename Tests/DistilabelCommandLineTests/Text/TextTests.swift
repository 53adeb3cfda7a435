import Distilabel
import Testing

@testable import DistilabelCommandLine

struct TextTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1.0k"), (1250, "1.3k"), (9_950, "10k"), (34_499, "34k"), (999_499, "999k"),
        (999_500, "1.0M"), (12_345_678, "12M"),
    ])
    func numbersAreShort(number: Int, text: String) { #expect(RunText.short(number) == text) }

    @Test(arguments: [
        (0.04, "0.0 s"), (0.26, "0.3 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.6, "1:00 min"), (185, "3:05 min"),
        (3723, "1:02:03 h"),
    ])
    func durationsAreReadable(seconds: Double, text: String) { #expect(RunText.duration(seconds) == text) }

    /// Arguments, and the JSON of what they mean.
    static let arguments: [([String], String)] = [
        (["a.b=1", "a.c=1.5"], #"{"a":{"b":1,"c":1.5}}"#),
        (["a.b=true", "a.c=null", "a.d="], #"{"a":{"b":true,"c":null,"d":""}}"#),
        (["a.llm.generation_kwargs.temperature=0"], #"{"a":{"llm":{"generation_kwargs":{"temperature":0}}}}"#),
        (["a.b=[1, x]", "a.c={k: v}"], #"{"a":{"b":[1,"x"],"c":{"k":"v"}}}"#),
        (["a.b=Answer: yes", "a.c=x=y", "a.d=a #1"], #"{"a":{"b":"Answer: yes","c":"x=y","d":"a #1"}}"#),
        ([#"a.b="1""#, "a.c='no'", "a.d=- x"], #"{"a":{"b":"1","c":"no","d":"- x"}}"#),
        (["a.b=1", "a.b=2"], #"{"a":{"b":2}}"#),
    ]

    @Test(arguments: arguments) func parametersAreReadAsYAML(arguments: [String], json: String) throws {
        #expect(.object(try ParameterArguments.object(of: arguments)) == (try JSON.parse(json)))
    }

    @Test(arguments: [["a"], ["a=1"], ["a.=1"], [".b=1"], ["a.b"], ["a.b=1", "a.b.c=2"], ["a.b=[1"]])
    func parametersThatAreNoneAreMisuse(arguments: [String]) {
        let complaint = #expect(throws: Complaint.self) { try ParameterArguments.object(of: arguments) }
        #expect(complaint?.status == .misused)
    }

    @Test func longTextsAreWrappedBetweenWords() {
        #expect(TextTable.wrap("one two three", to: 7) == ["one two", "three"])
        #expect(TextTable.wrap("abcdefgh", to: 3) == ["abc", "def", "gh"])
        #expect(TextTable.wrap("a\n\nb", to: 9) == ["a", "", "b"])
    }

    @Test func aRowIsReadable() {
        let row: Row = [
            "instruction": "What is a prime?",
            "generations": ["A number with two divisors only.", "Two, three or five\nand so on."],
            "ratings": [5, 2], "chosen": nil, "distilabel_metadata": ["hidden": 1],
        ]
        let text = RowText.text(of: row, title: "default, row 1 of 9", width: 60, style: Style(isColoured: false))
        #expect(
            text.split(separator: "\n").dropFirst() == [
                "instruction: What is a prime?", "generations:", "    1. A number with two divisors only.",
                "    2. Two, three or five", "       and so on.", "ratings: [5,2]", "chosen: null",
            ])
    }

    @Test func aRowCannotMoveTheCursor() {
        let text = RowText.text(of: ["a": "\u{1B}[2J\u{7}x"], title: "t", width: 60, style: Style(isColoured: false))
        #expect(!text.contains("\u{1B}") && !text.contains("\u{7}"))
    }
}
