internal import ArgumentParser
internal import Distilabel
internal import DistilabelDatasets
internal import DistilabelValues

/// `distilabel dataset`.
struct DatasetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataset",
        abstract: "Look at datasets, check them, turn them into what trainers read, push and pull them.",
        subcommands: [
            Head.self, Stats.self, Convert.self, Validate.self, DatasetPushCommand.self, DatasetPullCommand.self,
        ])

    /// `distilabel dataset head`.
    struct Head: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the first rows of a dataset.",
            discussion: """
                PATH is a folder that `pipeline run` wrote, another folder of such files, or a Parquet, JSON or JSON Lines file.

                EXAMPLES
                  distilabel dataset head out/math
                  distilabel dataset head out/math -n 100 --json | jq .instruction
                """)

        @OptionGroup var choice: DatasetChoice

        @Option(name: [.customShort("n"), .long], help: ArgumentHelp("How many rows.", valueName: "n"))
        var rows = 5

        @Flag(help: "A JSON object a line instead of a table.")
        var json = false

        @Flag(help: "A paragraph a column instead of a table: for long texts.")
        var long = false

        func validate() throws {
            if rows < 1 { throw ValidationError("-n must be at least 1.") }
            if json, long { throw ValidationError("Choose --json or --long.") }
        }

        func run() async throws {
            let console = Console.current
            for (configuration, split, dataset) in try choice.datasets() {
                try show(dataset, title: "\(configuration), \(split)", in: console)
            }
        }

        private func show(_ dataset: Dataset, title: String, in console: Console) throws {
            let style = console.outputStyle
            let head = try dataset.head(rows)
            let width = console.outputIsTerminal ? console.size().columns : 120
            if json {
                for row in head { console.output(JSON.string(.object(row.object)) + "\n") }
                return
            }
            if long {
                for (index, row) in head.enumerated() {
                    let place = "\(title), row \(index + 1) of \(dataset.count)"
                    console.output(RowText.text(of: row, title: place, width: min(width, 120), style: style) + "\n")
                }
                return
            }
            let counts = "\(RunText.count(dataset.count, "row")), \(RunText.count(dataset.columnNames.count, "column"))"
            console.output(style.bold(title) + style.dim(": \(counts)") + "\n")
            console.output(TablePrinter(width: width).text(columns: dataset.columnNames, rows: head))
        }
    }
}
