public import DistilabelPipeline
public import DistilabelValues

/// Sends each batch to some of the steps, drawn at random.
public struct SampleNSteps: RoutingFunction {
    /// How many steps each batch goes to.
    public var n: Int

    /// Makes the function.
    ///
    /// - Parameter n: How many steps each batch goes to.
    public init(_ n: Int) { self.n = n }

    /// `n` of the steps; which ones, the batch's seed decides.
    public func steps(for batch: RoutedBatch, of steps: [String]) throws -> [String] {
        var random = SeededRandom(seed: batch.seed)
        let drawn = Set(random.shuffled(steps).prefix(n))
        return steps.filter(drawn.contains)
    }

    /// More steps than there are, or none.
    public func problems(successors: Int) -> [String] {
        (1...max(1, successors)).contains(n)
            ? [] : ["`n` is \(n), but it leads to \(successors) steps: write a number from 1 to \(successors)"]
    }

    /// None yet; the number must be given.
    public static var defaults: SampleNSteps { SampleNSteps(1) }
    /// The number of steps.
    public static var requiredKeys: [String] { ["n"] }
    /// As Python's function is called.
    public static var componentName: String { "sample_n_steps" }
    /// Where Python has it.
    public static var pythonModule: String? { "distilabel.pipeline.routing_batch_function" }
    /// What `components show` says.
    public static var documentation: ComponentDocumentation {
        ComponentDocumentation(
            summary: "Sends each batch to some of the steps behind it, drawn at random.",
            discussion:
                "The same pipeline draws the same steps for a batch in every run, so that a run that goes on asks nothing anew.",
            parameters: ["n": "how many steps each batch goes to"])
    }
}
