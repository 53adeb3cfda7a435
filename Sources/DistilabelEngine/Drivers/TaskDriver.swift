internal import DistilabelModels
internal import DistilabelPipeline
internal import DistilabelValues

/// Asks a model about rows, as many at once as it can make use of; each row goes on as soon as its answer is there.
struct TaskDriver: StepDriver {
    let task: any LLMTask
    let asker: StepAsker
    let work: StepWork
    let inlet: Inlet
    let outlet: Outlet

    func run() async throws {
        let width = max(1, asker.loaded?.concurrency ?? asker.endpoint.concurrency)
        try await RowWorkers(work: work, inlet: inlet, outlet: outlet, width: width)
            .run { row, identity in try await rows(for: row, identity: identity) }
    }

    private var modelName: String { asker.loaded?.modelName ?? asker.model.modelName }

    private func rows(for row: Row, identity: UInt64) async throws -> [Row] {
        let inside = work.mapping.inside(row)
        let rowAsker = asker.row(identity)
        let made: [Row]
        do {
            let answers = try await task.answers(
                for: inside, asking: Asking(occurrence: rowAsker.occurrence) { try await rowAsker.ask($0) })
            let failures = answers.compactMap(\.failure)
            for failure in failures { work.events(.rowFailed(step: work.name, reason: failure)) }
            if let first = failures.first {
                try await rowAsker.noteUnusable(first)
                if let instead = try await insteadOfFailed(first) { return instead }
            }
            made = task.rows(of: answers, for: inside, step: work.name, modelName: modelName)
        } catch {
            if StepWork.endsRun(error) { throw error }
            // One of the task's own; those of its model have stopped the run already.
            if (error as? LanguageModelError)?.isForAllRows == true { throw error }
            let reason = String(describing: error)
            work.events(.rowFailed(step: work.name, reason: reason))
            if let instead = try await insteadOfFailed(reason) { return instead }
            made = [task.row(failing: reason, for: inside, step: work.name, modelName: modelName)]
        }
        return work.mapping.isIdentity ? made : made.map { work.mapping.outside($0, of: row) }
    }

    /// What the task wants in the place of a row that failed; nil for the row itself, with nulls.
    private func insteadOfFailed(_ reason: String) async throws -> [Row]? {
        switch task.settings.onFailure {
        case .null: return nil
        case .drop: return []
        case .fail:
            asker.services.control.stop(RunStop(.failedRow(reason), step: work.name))
            throw try await asker.services.control.drained()
        }
    }
}
