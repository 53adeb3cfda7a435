internal import ArgumentParser
internal import Distilabel
internal import DistilabelEngine
internal import DistilabelModels
internal import DistilabelValues

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `distilabel runs`.
struct RunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "Look at earlier runs and the answers they keep, go on with one, remove them.",
        subcommands: [List.self, Show.self, Resume.self, Remove.self])

    /// Where journals lie.
    struct Place: ParsableArguments {
        @OptionGroup var folder: CacheFolderOption

        /// The folder.
        func cache() throws -> RunCache { try folder.required(in: Console.current.environment) }

        /// The names of the folders with a journal, each a pipeline's.
        func names() throws -> [String] {
            let folder = try cache().directory + "/journals"
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            return names.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/\(Journal.fileName)") }
                .sorted()
        }

        /// What the journal of a pipeline says.
        func contents(of name: String) throws -> (folder: String, runs: [RunRecord], totals: [String: JournalTotals]) {
            let folder = try cache().folder(of: name)
            guard let contents = try Journal.contents(of: folder) else {
                let known = try names()
                throw Complaint(
                    "there are no runs of '\(name)' in \(try cache().directory)"
                        + (known.isEmpty ? "" : "; there are some of \(known.joined(separator: ", "))"),
                    status: .invalidInput)
            }
            return (folder, contents.runs, contents.totals)
        }
    }

    /// `distilabel runs list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List pipelines that were run.")
        @OptionGroup var place: Place

        func run() async throws {
            let console = Console.current
            let rows = try place.names().map { name -> [String] in
                guard let contents = try? Journal.contents(of: place.cache().directory + "/journals/" + name) else {
                    return [name, "not readable", "", "", "", ""]
                }
                let total = RunsText.total(contents.totals)
                return [
                    name, contents.runs.last.map { RunsText.state($0) } ?? "", "\(contents.runs.count)",
                    RunText.short(total.calls), RunText.short(total.inputTokens + total.outputTokens),
                    RunsText.cost(total),
                ]
            }
            if rows.isEmpty { return console.output("no runs in \(try place.cache().directory)\n") }
            console.output(
                TextTable(
                    header: ["pipeline", "last run", "runs", "answers", "tokens", "cost"], rows: rows,
                    numeric: Set(2...5)
                ).text(style: console.outputStyle))
        }
    }

    /// `distilabel runs show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the runs of a pipeline and the answers they keep.")
        @Argument(help: ArgumentHelp("The pipeline's name.", valueName: "pipeline")) var name: String
        @OptionGroup var place: Place

        func run() async throws {
            let console = Console.current
            let (folder, runs, totals) = try place.contents(of: name)
            var text = console.outputStyle.bold(name) + "\n  answers are kept in \(folder)\n\n"
            text += TextTable(
                header: ["run", "began", "state", "calls", "from before", "failed rows", "time"],
                rows: runs.map(RunsText.row), numeric: [0, 3, 4, 5, 6]
            ).text(style: console.outputStyle)
            text += "\n"
            text += TextTable(
                header: ["step", "answers", "failed", "tokens in", "tokens out", "cost"],
                rows: totals.sorted { $0.key < $1.key }.map { step, total in
                    [
                        step, "\(total.calls)", "\(total.failures)", RunText.short(total.inputTokens),
                        RunText.short(total.outputTokens), RunsText.cost(total),
                    ]
                }, numeric: Set(1...5)
            ).text(style: console.outputStyle)
            console.output(text)
        }
    }

    /// `distilabel runs resume`.
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run a pipeline again as it was run last: only what is not answered yet is asked.")
        @Argument(help: ArgumentHelp("The pipeline's name.", valueName: "pipeline")) var name: String
        @Flag(help: "Ask again what failed.") var retryFailed = false
        @OptionGroup var place: Place

        func run() async throws {
            let (_, runs, _) = try place.contents(of: name)
            let recorded = runs.reversed().lazy.compactMap { try? JSON.parse($0.command)["arguments"]?.arrayValue }
            guard var arguments = recorded.first?.compactMap(\.stringValue) else {
                throw Complaint(
                    "no run of '\(name)' was begun by this command with an output, so none can be repeated; run it as it was run then",
                    status: .invalidInput)
            }
            arguments += ["--overwrite", "--cache-dir", try place.cache().directory]
            if retryFailed { arguments.append("--retry-failed") }
            let run = try RunCommand.parse(arguments)
            try await run.run()
        }
    }

    /// `distilabel runs rm`.
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rm", abstract: "Remove the answers of a pipeline; what they cost is lost with them.")
        @Argument(help: ArgumentHelp("The pipeline's name.", valueName: "pipeline")) var name: String
        @Flag(help: "Do it; without this nothing is removed.") var yes = false
        @OptionGroup var place: Place

        func run() async throws {
            let console = Console.current
            let (folder, _, totals) = try place.contents(of: name)
            let total = RunsText.total(totals)
            let what = "\(RunText.count(total.calls, "answer")) (\(RunsText.cost(total))) in \(folder)"
            guard yes else {
                throw Complaint("this removes \(what) for good; say --yes to do it", status: .misused)
            }
            // Nobody may be using it.
            let journal = try Journal(folder: folder)
            journal.close(state: .finished, summary: "{}")
            try FileManager.default.removeItem(atPath: folder)
            console.output("removed \(what)\n")
        }
    }
}

/// Runs in words.
enum RunsText {
    /// How a run ended, and when it began.
    static func state(_ run: RunRecord) -> String { "\(run.state.rawValue), \(time(run.started))" }

    /// A line of `runs show`.
    static func row(_ run: RunRecord) -> [String] {
        let summary = run.summary.flatMap { try? JSON.parse($0) } ?? .null
        func count(_ key: String) -> String { summary[key]?.intValue.map { String($0) } ?? "" }
        return [
            "\(run.number)", time(run.started), run.state.rawValue, count("calls"), count("recalled"),
            count("failed_rows"),
            summary["seconds"]?.doubleValue.map { RunText.duration($0) } ?? "",
        ]
    }

    /// All steps together.
    static func total(_ totals: [String: JournalTotals]) -> JournalTotals {
        totals.values.reduce(into: JournalTotals()) { sum, step in
            sum.calls += step.calls
            sum.inputTokens += step.inputTokens
            sum.outputTokens += step.outputTokens
            sum.cost += step.cost
            sum.failures += step.failures
            sum.unpriced += step.unpriced
        }
    }

    /// What answers cost; that of some may not be known.
    static func cost(_ total: JournalTotals) -> String {
        if total.unpriced == 0 { return Cost(picodollars: total.cost).description }
        return total.cost == 0 ? "not known" : "\(Cost(picodollars: total.cost)) and more"
    }

    /// `2026-03-01 12:00`, in UTC.
    private static func time(_ seconds: Double) -> String {
        let line = LogLine(time: seconds, event: "", message: "").text
        return line.prefix(10) + " " + line.prefix(16).suffix(5)
    }
}
