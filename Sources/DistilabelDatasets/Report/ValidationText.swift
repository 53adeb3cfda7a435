/// A validation report in the terminal.
public struct ValidationText: Sendable, Hashable {
    /// Makes a printer.
    public init() {}

    /// A line a finding: what is wrong, how often, and where first.
    public func line(_ finding: ValidationReport.Finding) -> String {
        guard finding.count > 0 else { return finding.message }
        let rows = finding.rows.map { NumberText.whole($0) }.joined(separator: ", ")
        let more = finding.count > finding.rows.count ? ", …" : ""
        let example = finding.example.map { " (\($0))" } ?? ""
        let place = finding.rows.count == 1 ? "row \(rows)" : "rows \(rows)\(more)"
        return "\(finding.message): \(NumberText.count(finding.count, "row")): \(place)\(example)"
    }

    /// What it comes to: `1,000 rows of trl-dpo: 3 errors in 2 rows, 1 warning`.
    public func summary(_ report: ValidationReport) -> String {
        let form = report.form.map { " of \($0.trainerName)" } ?? ""
        var parts: [String] = []
        if report.errorCount > 0 {
            let rows = report.faultyRowCount > 0 ? " in \(NumberText.count(report.faultyRowCount, "row"))" : ""
            parts.append(NumberText.count(report.errorCount, "error") + rows)
        }
        if report.warningCount > 0 { parts.append(NumberText.count(report.warningCount, "warning")) }
        return NumberText.count(report.rowCount, "row") + form + ": "
            + (parts.isEmpty ? "valid" : parts.joined(separator: ", "))
    }
}
