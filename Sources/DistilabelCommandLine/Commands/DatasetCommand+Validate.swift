internal import ArgumentParser
internal import DistilabelDatasets
internal import DistilabelValues

extension DatasetCommand {
    /// `distilabel dataset validate`.
    struct Validate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check that a trainer can read a dataset, and would learn what is meant.",
            discussion: """
                Checks columns, types, the order of roles, empty texts, pairs of equal answers, missing prompts, the balance of \
                labels, repetitions and, with --max-characters, lengths. Errors end with status 65; warnings do not.

                EXAMPLES
                  distilabel dataset validate out/math-trl --for trl-dpo
                  distilabel dataset validate data.jsonl --max-characters 32000
                """)

        @OptionGroup var choice: DatasetChoice

        @Option(
            name: .customLong("for"),
            help: ArgumentHelp(
                "The form: trl-dpo, trl-sft, trl-kto, alpaca, sharegpt; that of the columns where it is left out.",
                valueName: "form"), transform: { try TrainingForm.named($0) })
        var form: TrainingForm?

        @Option(help: ArgumentHelp("How many characters the texts of a row may have together.", valueName: "n"))
        var maxCharacters: Int?

        @Flag(help: "An object for programs.")
        var json = false

        func validate() throws {
            if let maxCharacters, maxCharacters < 1 { throw ValidationError("--max-characters must be at least 1.") }
        }

        func run() async throws {
            let console = Console.current
            let validator = DatasetValidator(form: form, maximumCharacters: maxCharacters)
            var isValid = true
            var all: Value = .object([:])
            for (configuration, split, dataset) in try choice.datasets() {
                let report = try validator.report(on: dataset)
                if report.errorCount > 0 { isValid = false }
                if json {
                    var splits = all[configuration] ?? .object([:])
                    splits[split] = report.json
                    all[configuration] = splits
                } else {
                    show(report, title: "\(configuration), \(split)", in: console)
                }
            }
            if json { console.output(JSON.string(all, pretty: true) + "\n") }
            if !isValid { throw StatusExit(status: .invalidInput) }
        }

        private func show(_ report: ValidationReport, title: String, in console: Console) {
            let text = ValidationText()
            for finding in report.findings {
                let isError = finding.severity == .error
                let style = console.errorStyle
                let mark = isError ? style.red("error:") : style.yellow("warning:")
                console.errors("\(mark) \(title): \(text.line(finding))\n")
            }
            let style = console.outputStyle
            let summary = text.summary(report)
            console.output(style.bold(title) + ": " + (report.errorCount > 0 ? summary : style.green(summary)) + "\n")
        }
    }
}
