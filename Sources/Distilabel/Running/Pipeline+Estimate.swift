public import DistilabelEngine
internal import DistilabelModels
public import DistilabelPipeline
internal import DistilabelValues
internal import Synchronization

extension Pipeline {
    /// Says what a run may take, from a sample of its first rows: calls, tokens, time and money, each with its range.
    ///
    /// The sample is run in memory; its answers are kept, so that the run itself need not pay for them again.
    ///
    /// - Parameters:
    ///   - request: What would be run; its output is not touched.
    ///   - sampleRows: How many source rows the sample has.
    /// - Throws: What ``execute(_:)`` throws.
    public func estimate(_ request: RunRequest, sampleRows: Int = 5) async throws -> Estimate {
        let pipeline = try applying(request.parameters, registry: request.registry)
        let total = try await pipeline.sourceRowCount(environment: request.environment)
        let samples = Mutex<[String: StepSample]>([:])
        let tasks = pipeline.members.compactMap { member in
            member.step.endpoint(in: request.environment).map { (member.name, $0) }
        }
        let endpoints = Dictionary(tasks) { first, _ in first }
        var sample = request
        sample.output = nil
        sample.options.rowLimit = sampleRows
        sample.options.isTrial = true
        sample.events = { event in
            request.events(event)
            guard case .answered(let step, let answer) = event, let endpoint = endpoints[step] else { return }
            samples.withLock { samples in
                samples[step, default: StepSample(name: step, endpoint: endpoint)].record(
                    answer.usage, seconds: answer.duration / .seconds(1),
                    price: request.prices.price(of: endpoint.model, at: endpoint.host))
            }
        }
        let result = try await execute(sample)
        let made = samples.withLock { $0 }
        let steps = result.summary.steps.map { step -> StepSample in
            var sample = made[step.name] ?? StepSample(name: step.name, endpoint: endpoints[step.name])
            sample.rowsIn = step.rowsIn
            sample.rowsOut = step.rowsOut
            return sample
        }
        let sampled = min(sampleRows, total)
        guard let estimate = Estimate(steps, sampledRows: sampled, totalRows: total) else {
            throw PipelineError("it makes no rows, so there is nothing to estimate")
        }
        return estimate
    }

    /// How many rows the step makes that makes most of them.
    private func sourceRowCount(environment: [String: String]) async throws -> Int {
        var most = 0
        let resources = RunResources(environment: environment)
        for member in members {
            guard let generator = member.step as? any GeneratorStep else { continue }
            let count = Mutex(0)
            let context = StepContext(stepName: member.name, isTrial: true, resources: resources)
            do {
                try await generator.generate(in: context) { _ in count.withLock { $0 += 1 } }
            } catch {
                await resources.close()
                throw error
            }
            most = max(most, count.withLock { $0 })
        }
        await resources.close()
        return most
    }
}
