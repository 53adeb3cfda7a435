public import DistilabelValues

extension ValidationReport {
    /// The report as programs read it.
    public var json: Value {
        [
            "form": form.map { .string($0.trainerName) } ?? .null, "rows": .int(rowCount),
            "faulty_rows": .int(faultyRowCount), "errors": .int(errorCount), "warnings": .int(warningCount),
            "findings": .array(
                findings.map { finding in
                    [
                        "severity": .string(finding.severity.rawValue), "message": .string(finding.message),
                        "example": finding.example.map { .string($0) } ?? .null, "count": .int(finding.count),
                        "rows": .array(finding.rows.map { .int($0) }),
                    ]
                }),
        ]
    }
}
