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
