internal import ArgumentParser
internal import Distilabel
internal import DistilabelEngine
internal import DistilabelModels
internal import DistilabelValues

/// The limits of what a run may spend.
struct BudgetOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "US dollars that all answers of this pipeline may cost, earlier runs included; it stops before it spends more.",
            valueName: "dollars"))
    var maxCost: String?

    @Option(help: ArgumentHelp("Tokens that they may take, of prompts and answers together.", valueName: "n"))
    var maxTokens: Int?

    @Option(help: ArgumentHelp("Requests that may be sent.", valueName: "n"))
    var maxRequests: Int?

    @Option(
        help: ArgumentHelp(
            "Prices of models that are not known, or that are others for you: YAML or JSON.",
            discussion:
                "{models: [{model: NAME, host: HOST, input: 0.5, output: 1.5}]}, US dollars per million tokens.",
            valueName: "file"))
    var prices: String?

    func validate() throws {
        if let maxCost, Cost(text: maxCost) == nil {
            throw ValidationError("--max-cost \(maxCost) is no amount of dollars; write it as 20 or 0.50.")
        }
        if maxTokens.map({ $0 < 1 }) ?? false || maxRequests.map({ $0 < 1 }) ?? false {
            throw ValidationError("--max-tokens and --max-requests must be at least 1.")
        }
    }

    /// The limits.
    func limits() throws -> BudgetLimits {
        BudgetLimits(maxCost: maxCost.flatMap { Cost(text: $0) }, maxTokens: maxTokens, maxRequests: maxRequests)
    }

    /// The known prices, with those of the file before them.
    ///
    /// - Throws: `Complaint` for a file that cannot be read.
    func table() throws -> PriceTable {
        guard let prices else { return .known }
        let value = try PipelineDescription(contentsOf: prices).value
        do {
            return try PriceTable(merging: value)
        } catch {
            throw Complaint("\(prices): \(error)", status: .invalidInput)
        }
    }
}
