internal import DistilabelValues

/// Checks whether a trainer can read a dataset, and would learn what is meant.
///
///     let report = try DatasetValidator(form: .trl).report(on: dataset)
///
/// The rows are read once, some at a time; hashes of up to a million of them are kept to find repetitions.
public struct DatasetValidator: Sendable, Hashable {
    /// The form to check; that of the columns where it is nil.
    public var form: TrainingForm?
    /// How many characters (Unicode code points) the texts of a row may have together; nil for no limit.
    public var maximumCharacters: Int?

    /// Makes a validator.
    public init(form: TrainingForm? = nil, maximumCharacters: Int? = nil) {
        self.form = form
        self.maximumCharacters = maximumCharacters
    }

    /// Labels of which one is more than this many times as frequent as the other are unbalanced.
    static let balance = 4

    /// Checks a dataset.
    ///
    /// - Throws: `DatasetError` where a file cannot be read. What is wrong with the rows is in the report.
    public func report(on dataset: Dataset) throws -> ValidationReport {
        var report = ValidationReport()
        var counter = FindingCounter()
        let names = dataset.columnNames
        report.form = form ?? TrainingForm(columns: names)
        guard let form = report.form else {
            counter.add(
                .error,
                "the columns have no trainer's form (\(names.joined(separator: ", "))); convert the dataset first")
            report.rowCount = dataset.count
            report.findings = counter.all
            return report
        }
        for problem in Self.columnProblems(form, names) { counter.add(problem.severity, problem.message) }
        guard !counter.all.contains(where: { $0.severity == .error }) else {
            report.rowCount = dataset.count
            report.findings = counter.all
            return report
        }
        var checker = RowChecker(form: form, columns: Set(names), maximumCharacters: maximumCharacters)
        var chunks = try dataset.chunks()
        while let chunk = try chunks.next() {
            try Task.checkCancellation()
            for position in 0..<chunk.count {
                report.rowCount += 1
                checker.check(chunk[position], number: report.rowCount, into: &counter)
            }
        }
        checker.finish(rowCount: report.rowCount, into: &counter)
        report.faultyRowCount = counter.faultyRowCount
        report.findings = counter.all
        return report
    }

    private static func columnProblems(
        _ form: TrainingForm, _ names: [String]
    ) -> [(severity: ValidationReport.Severity, message: String)] {
        func missing(_ wanted: [String]) -> [(ValidationReport.Severity, String)] {
            let missing = wanted.filter { !names.contains($0) }
            guard !missing.isEmpty else { return [] }
            let list = missing.map { "'\($0)'" }.joined(separator: ", ")
            return [
                (
                    .error,
                    "there is no column \(list); the form '\(form.trainerName)' needs it, and the columns are "
                        + names.joined(separator: ", ")
                )
            ]
        }
        switch form {
        case .trl: return missing(["chosen", "rejected"])
        case .kto: return missing(["prompt", "completion", "label"])
        case .sharegpt: return missing(["conversations"])
        case .alpaca: return missing(["instruction", "output"])
        case .messages:
            if names.contains("messages") || names.contains("text") { return [] }
            return names.contains("completion") || names.contains("prompt")
                ? missing(["prompt", "completion"]) : missing(["messages"])
        }
    }
}
