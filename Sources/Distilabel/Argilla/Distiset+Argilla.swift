public import DistilabelDatasets
internal import DistilabelPipeline
public import DistilabelSteps

extension Distiset {
    /// Reads a dataset of an Argilla server: a row a record, with what models suggested and people answered.
    ///
    ///     let reviewed = try await Distiset.annotated(ArgillaAddress(datasetName: "answers"), records: .completed)
    ///
    /// The columns are those of ``LoadDataFromArgilla``; the rows are the split `train` of the configuration `default`.
    ///
    /// - Parameters:
    ///   - argilla: Which dataset of which server; `ARGILLA_API_URL` and `ARGILLA_API_KEY` where not said.
    ///   - records: Which records.
    ///   - responseStatuses: Which answers count; others are left out.
    ///   - output: Where the rows go; they are kept in memory when nil.
    ///   - environment: The environment variables; those of the process when nil.
    /// - Throws: `PipelineError` when name, address or key are missing or there are no such records, `StepError` when the server refuses.
    public static func annotated(
        _ argilla: ArgillaAddress, records: LoadDataFromArgilla.Records = .all,
        responseStatuses: [LoadDataFromArgilla.ResponseStatus] = LoadDataFromArgilla.ResponseStatus.allCases,
        output: RunOutput? = nil, environment: [String: String]? = nil
    ) async throws -> Distiset {
        let load = LoadDataFromArgilla(argilla, records: records, responseStatuses: responseStatuses)
        var request = RunRequest()
        request.cache = nil
        request.output = output
        if let environment { request.environment = environment }
        return try await Pipeline("annotations") { load.named("load_data_from_argilla") }.execute(request).distiset
    }
}
