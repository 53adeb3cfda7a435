internal import ArgumentParser
internal import Distilabel
internal import DistilabelDatasets
internal import DistilabelValues

extension DatasetCommand {
    /// `distilabel dataset convert`.
    struct Convert: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Turn a dataset into the rows that a trainer reads.",
            discussion: """
                trl       prompt, chosen, rejected (TRL's DPOTrainer)
                messages  messages (TRL's SFTTrainer)
                kto       prompt, completion, label (TRL's KTOTrainer): two rows a pair
                alpaca    instruction, input, output
                sharegpt  conversations of {from, value}

                Reads what the formatting steps make, and raw instruction, generations and ratings, of which the best-rated \
                answer is chosen and the worst-rated rejected. Rows without what the form needs are left out and counted.

                EXAMPLES
                  distilabel dataset convert out/math --to trl --output out/math-trl
                  distilabel dataset convert out/math --to kto --plain --format jsonl --output out/math-kto
                """)

        @OptionGroup var choice: DatasetChoice

        @Option(
            help: ArgumentHelp("The form: trl, messages, kto, alpaca, sharegpt.", valueName: "form"),
            transform: { try TrainingForm.named($0) })
        var to: TrainingForm

        @Option(name: [.short, .long], help: ArgumentHelp("The folder to write.", valueName: "folder"))
        var output: String

        @Option(help: "The format of the files.")
        var format = DatasetFormat.parquet

        @Flag(help: "Prompts and answers as texts instead of conversations (trl, messages, kto).")
        var plain = false

        @Option(help: ArgumentHelp("A column to take along; may be given again.", valueName: "column"))
        var keep: [String] = []

        @Flag(help: "Replace an output folder that holds a dataset.")
        var overwrite = false

        func run() async throws {
            let console = Console.current
            let conversion = try TrainingConversion(to: to, isPlain: plain, keptColumns: keep)
            let distiset = try choice.load()
            let folder = try OutputDirectory(output, existing: overwrite ? .replace : .refuse)
            for report in try conversion.convert(distiset, to: folder, format: format) {
                let title = console.outputStyle.bold("\(report.configuration), \(report.split)")
                let read = RunText.count(report.readCount, "row")
                let written = RunText.count(report.writtenCount, "row")
                console.output("\(title): \(read) read, \(written) written as \(to.rawValue)\n")
                for skip in report.skipped {
                    let count = "  left out \(RunText.count(skip.count, "row"))"
                    console.output(console.outputStyle.yellow(count) + ": \(skip.name)\n")
                }
            }
            console.output("dataset: \(output)\n")
        }
    }
}

extension TrainingForm {
    /// The form of a name.
    static func named(_ name: String) throws -> TrainingForm {
        if let form = TrainingForm(name: name) { return form }
        let names = allCases.map(\.rawValue) + allCases.map(\.trainerName).filter { $0.hasPrefix("trl-") }
        let mend = Nearest.match(name, in: names).map { "did you mean '\($0)'?" }
        throw ValidationError("There is no form '\(name)'; \(mend ?? "there are \(names.joined(separator: ", ")).")")
    }
}
