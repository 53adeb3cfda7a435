internal import Distilabel
internal import DistilabelEngine
internal import DistilabelPipeline
internal import Synchronization

/// Shows on standard error how far a run is.
final class RunDisplay: Sendable {
    /// How it is shown.
    enum Mode {
        /// Not at all.
        case silent
        /// A line now and then.
        case lines
        /// The same as JSON.
        case jsonLines
        /// A display drawn over and over.
        case live
    }

    private let mode: Mode
    private let console: Console
    private let log: RunLog
    private let monitor: RunMonitor
    private let name: String
    private let isRunning = Mutex(false)

    /// How often the live display is drawn again.
    private static let interval = Duration.milliseconds(100)

    init(of pipeline: Pipeline, mode: Mode, console: Console) {
        self.mode = mode
        self.console = console
        name = pipeline.name
        log = RunLog(of: pipeline)
        monitor = RunMonitor(steps: (pipeline.topologicalOrder ?? pipeline.members).map(\.name))
    }

    /// Hears of an event.
    func record(_ event: RunEvent) {
        switch mode {
        case .silent: return
        case .lines: for line in log.lines(for: event) { console.errors(line.text + "\n") }
        case .jsonLines: for line in log.lines(for: event) { console.errors(line.json + "\n") }
        case .live:
            monitor.record(event)
            if case .started = event { isRunning.withLock { $0 = true } }
        }
    }

    /// Shows the display while `body` runs, and takes it away behind it.
    func showing<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        guard mode == .live else { return try await body() }
        let drawing = Task { await draw() }
        do {
            let result = try await body()
            drawing.cancel()
            await drawing.value
            return result
        } catch {
            drawing.cancel()
            await drawing.value
            throw error
        }
    }

    private func draw() async {
        let clock = ContinuousClock()
        let start = clock.now
        var region = LiveRegion()
        var tick = 0
        while !Task.isCancelled {
            let size = console.size()
            let progress = ProgressText(
                name: name, steps: monitor.summary.steps, isRunning: isRunning.withLock { $0 },
                elapsed: start.duration(to: clock.now), tick: tick)
            console.errors(
                region.drawing(progress.lines(columns: size.columns, limit: size.lines - 1, style: console.errorStyle)))
            tick += 1
            try? await Task.sleep(for: Self.interval)
        }
        console.errors(region.clearing())
    }
}

/// Some lines at the end of a terminal that are drawn over.
struct LiveRegion {
    private var lineCount = 0

    /// What to write so that these lines stand where the last ones stood.
    mutating func drawing(_ lines: [String]) -> String {
        // Each line is written over and its rest cleared, so that nothing is empty in between.
        let text = start + lines.map { $0 + "\u{1B}[K\n" }.joined() + "\u{1B}[J"
        lineCount = lines.count
        return text
    }

    /// What to write so that nothing stands there any more.
    mutating func clearing() -> String {
        defer { lineCount = 0 }
        return start + "\u{1B}[J"
    }

    private var start: String { lineCount == 0 ? "\r" : "\u{1B}[\(lineCount)A\r" }
}
