import Distilabel
import Testing

@testable import DistilabelCommandLine

struct ProgressTextTests {
    private static func step(
        _ name: String, in rowsIn: Int = 0, out rowsOut: Int = 0, calls: Int = 0, failed: Int = 0, done: Bool = false
    ) -> RunSummary.Step {
        let monitor = RunMonitor(steps: [name])
        monitor.record(.received(step: name, rows: rowsIn))
        monitor.record(.produced(step: name, rows: rowsOut))
        let usage = Usage(inputTokens: 1500, outputTokens: 20)
        for _ in 0..<calls { monitor.record(.answered(step: name, answer: AnswerReport(usage: usage))) }
        for _ in 0..<failed { monitor.record(.rowFailed(step: name, reason: "reason")) }
        if done { monitor.record(.stepFinished(step: name)) }
        return monitor.summary.steps[0]
    }

    private func progress(_ steps: [RunSummary.Step]) -> ProgressText {
        ProgressText(name: "math", steps: steps, isRunning: true, elapsed: .seconds(75), tick: 0)
    }

    private let plain = Style(isColoured: false)

    @Test func saysWhatEachStepDid() {
        let lines = progress([
            Self.step("load", out: 10, done: true), Self.step("judge", in: 5, out: 3, calls: 4, failed: 1),
            Self.step("format"),
        ]).lines(columns: 80, limit: 20, style: plain)
        #expect(
            lines == [
                "math  1:15 min", "  ✓ load    10 rows", "  ⠋ judge   5 → 3 rows  4 calls  6.0k+80 tokens  1 failed",
                "  · format  ",
            ])
    }

    @Test(arguments: [1, 5, 20, 33, 200]) func noLineIsWiderThanTheTerminal(columns: Int) {
        let steps = (0..<5).map {
            Self.step("a_step_with_a_long_name_\($0)", in: 9999, out: 9999, calls: 9999, failed: 99)
        }
        for line in progress(steps).lines(columns: columns, limit: 20, style: plain) { #expect(line.count <= columns) }
    }

    @Test func stepsThatWorkComeFirstWhereThereIsNoRoom() {
        var steps = (0..<30).map { Self.step("s\($0)", in: 1, out: 1, done: true) }
        steps.append(Self.step("busy", in: 7, out: 1))
        let lines = progress(steps).lines(columns: 80, limit: 6, style: plain)
        #expect(lines.count == 6)
        #expect(lines.contains { $0.contains("busy") })
        #expect(lines.last?.contains("27 more steps") == true)
    }

    @Test func aRegionIsDrawnOverAndCleared() {
        var region = LiveRegion()
        #expect(region.drawing(["a", "b"]) == "\ra\u{1B}[K\nb\u{1B}[K\n\u{1B}[J")
        #expect(region.drawing(["c"]).hasPrefix("\u{1B}[2A\r"))
        #expect(region.clearing() == "\u{1B}[1A\r\u{1B}[J")
        #expect(region.clearing() == "\r\u{1B}[J")
    }
}
