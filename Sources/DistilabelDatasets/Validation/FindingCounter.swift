internal import DistilabelValues

/// Counts findings by kind, and notes where the first ones are.
struct FindingCounter {
    private struct Kind: Hashable {
        var severity: ValidationReport.Severity
        var message: String
    }

    private static let shownRows = 5
    private var findings: OrderedDictionary<Kind, ValidationReport.Finding> = [:]
    private var lastFaultyRow = 0
    private(set) var faultyRowCount = 0

    /// Counts a finding in a row, whose number is from 1; a second one of its kind in the same row does not count.
    mutating func add(
        _ severity: ValidationReport.Severity, _ message: String, row: Int, example: @autoclosure () -> String? = nil
    ) {
        let kind = Kind(severity: severity, message: message)
        if severity == .error, row != lastFaultyRow {
            faultyRowCount += 1
            lastFaultyRow = row
        }
        var finding = findings[kind] ?? .init(severity: severity, message: message, example: example())
        if finding.rows.last == row { return }
        finding.count += 1
        // The last place follows along, so that a row is known again.
        if finding.rows.count <= Self.shownRows { finding.rows.append(row) } else { finding.rows[Self.shownRows] = row }
        findings[kind] = finding
    }

    /// Notes what is wrong with the whole.
    mutating func add(_ severity: ValidationReport.Severity, _ message: String) {
        findings[Kind(severity: severity, message: message)] = .init(severity: severity, message: message)
    }

    /// All findings, errors first.
    var all: [ValidationReport.Finding] {
        let ordered =
            findings.values.filter { $0.severity == .error } + findings.values.filter { $0.severity != .error }
        return ordered.map { finding in
            var finding = finding
            finding.rows = Array(finding.rows.prefix(Self.shownRows))
            return finding
        }
    }
}
