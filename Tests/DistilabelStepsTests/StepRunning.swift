import DistilabelPipeline
import DistilabelValues

/// Lets a step process a row.
func process(_ step: some RowStep, _ row: Row) async throws -> [Row] {
    try await step.process(row, in: StepContext(stepName: "step"))
}

/// A row of JSON.
func row(_ json: String) throws -> Row {
    guard case .object(let object) = try JSON.parse(json) else { return [:] }
    return Row(object)
}

/// Lets a step process all rows.
func process(_ step: some GlobalStep, _ rows: [Row]) async throws -> [Row] {
    try await step.process(rows, in: StepContext(stepName: "step"))
}

/// Lets a step process rows some at a time, as in one run.
func process(_ step: some BatchStep, _ rows: [Row], size: Int) async throws -> [Row] {
    let context = StepContext(stepName: "step")
    var made: [Row] = []
    for start in stride(from: 0, to: rows.count, by: size) {
        made += try await step.process(Array(rows[start..<min(rows.count, start + size)]), in: context)
    }
    return made
}
