internal import DistilabelModels
internal import DistilabelPipeline
internal import DistilabelValues

/// Asks a model about rows, as many at once as it can make use of; each row goes on as soon as its answer is there.
struct TaskDriver: StepDriver {
    let task: any LLMTask
    let model: any LoadedLanguageModel
    let work: StepWork
    let inlet: Inlet
    let outlet: Outlet

    func run() async throws {
        try await RowWorkers(work: work, inlet: inlet, outlet: outlet, width: max(1, model.concurrency))
            .run { row, number in try await rows(for: row, occurrence: number) }
    }

    private func rows(for row: Row, occurrence: Int) async throws -> [Row] {
        let inside = work.mapping.inside(row)
        let made: [Row]
        do {
            let answers = try await task.answers(for: inside, asking: asking(occurrence))
            for failure in answers.compactMap(\.failure) { work.events(.rowFailed(step: work.name, reason: failure)) }
            made = task.rows(of: answers, for: inside, step: work.name, modelName: model.modelName)
        } catch {
            if StepWork.endsRun(error) || (error as? LanguageModelError)?.isForAllRows == true { throw error }
            let reason = String(describing: error)
            work.events(.rowFailed(step: work.name, reason: reason))
            made = [task.row(failing: reason, for: inside, step: work.name, modelName: model.modelName)]
        }
        return work.mapping.isIdentity ? made : made.map { work.mapping.outside($0, of: row) }
    }

    private func asking(_ occurrence: Int) -> Asking {
        Asking(occurrence: occurrence) { request in
            let clock = ContinuousClock()
            let start = clock.now
            let response = try await model.generate(request)
            work.events(
                .answered(step: work.name, usage: response.totalUsage, duration: start.duration(to: clock.now)))
            return response
        }
    }
}
