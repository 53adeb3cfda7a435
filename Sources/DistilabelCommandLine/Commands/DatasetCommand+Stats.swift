internal import ArgumentParser
internal import Distilabel
internal import DistilabelDatasets
internal import DistilabelValues

extension DatasetCommand {
    /// `distilabel dataset stats`.
    struct Stats: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show what is in a dataset: lengths, ratings, win shares, duplicates, nulls.",
            discussion: """
                The rows are read once, in memory that does not grow with them. Characters are Unicode code points, words are \
                parted by white space.

                EXAMPLES
                  distilabel dataset stats out/math
                  distilabel dataset stats out/math --html report.html
                  distilabel dataset stats out/math --format json | jq '.default.train.preference.pair_models'
                """)

        /// How statistics are shown.
        enum Format: String, ExpressibleByArgument, CaseIterable {
            case text, json
        }

        @OptionGroup var choice: DatasetChoice

        @Option(
            help: ArgumentHelp(
                "Also write a page to look at: one file, with nothing loaded from elsewhere.", valueName: "file"))
        var html: String?

        @Option(help: "Tables and bars, or an object for programs.")
        var format = Format.text

        func run() async throws {
            let console = Console.current
            var parts: [StatisticsPage.Part] = []
            for (configuration, split, dataset) in try choice.datasets() {
                let statistics = try DatasetStatistics(of: dataset)
                parts.append(.init(configuration: configuration, split: split, statistics: statistics))
                if format == .text { show(statistics, title: "\(configuration), \(split)", in: console) }
            }
            if format == .json {
                var all: Value = .object([:])
                for part in parts {
                    var splits = all[part.configuration] ?? .object([:])
                    splits[part.split] = part.statistics.json
                    all[part.configuration] = splits
                }
                console.output(JSON.string(all, pretty: true) + "\n")
            }
            guard let html else { return }
            try StatisticsPage(title: choice.path, parts: parts).write(to: html)
            if format == .text { console.output("page: \(html)\n") }
        }

        private func show(_ statistics: DatasetStatistics, title: String, in console: Console) {
            let style = console.outputStyle
            let rows = RunText.count(statistics.rowCount, "row")
            let columns = RunText.count(statistics.columns.count, "column")
            var text = style.bold(title) + style.dim(": \(rows), \(columns)") + "\n\n"
            let printer = StatisticsText(
                width: console.outputIsTerminal ? console.size().columns : 100,
                usesBlockCharacters: console.outputIsTerminal)
            for section in printer.sections(of: statistics) {
                text += style.bold(section.title) + "\n"
                text += section.lines.map { $0 + "\n" }.joined() + "\n"
            }
            console.output(text)
        }
    }
}
