public import DistilabelValues

/// Chooses, batch by batch, to which of the steps behind one its rows go.
///
/// Stands between a step and those it leads to: `load >>> SampleNSteps(2) >>> [a, b, c] >>> group`. A step that joins the branches later makes its row of
/// those that had it.
public protocol RoutingFunction: Component {
    /// The steps that a batch goes to.
    ///
    /// Must give the same for the same batch each time, so that a run that goes on asks nothing anew.
    ///
    /// - Parameters:
    ///   - batch: The batch.
    ///   - steps: The names of the steps that it can go to, in the order of the connections.
    /// - Returns: At least one of `steps`.
    /// - Throws: What ends the run.
    func steps(for batch: RoutedBatch, of steps: [String]) throws -> [String]
    /// What is wrong with its parameters where it leads to so many steps.
    func problems(successors: Int) -> [String]
}

extension RoutingFunction {
    /// Nothing.
    public func problems(successors: Int) -> [String] { [] }
}

/// Rows that are routed together: as many as the step in front of the routing function handles at a time, in the order of the input.
public struct RoutedBatch: Sendable, Hashable {
    /// Which batch, from 0.
    public var number: Int
    /// A seed of the batch's own, the same in every run of the pipeline.
    public var seed: UInt64

    /// Makes a batch.
    public init(number: Int, seed: UInt64) {
        self.number = number
        self.seed = seed
    }
}

/// A routing function made of a closure, for a program of one's own.
///
///     load >>> RoutingClosure { batch, steps in [steps[batch.number % steps.count]] } >>> [a, b] >>> group
///
/// A closure cannot be written to a file: saving a pipeline with one is an error that says so.
public struct RoutingClosure: RoutingFunction {
    private let body: @Sendable (RoutedBatch, [String]) throws -> [String]

    /// Makes a routing function.
    ///
    /// - Parameter body: Gives the names of the steps that a batch goes to.
    public init(_ body: @escaping @Sendable (_ batch: RoutedBatch, _ steps: [String]) throws -> [String]) {
        self.body = body
    }

    /// What the closure says.
    public func steps(for batch: RoutedBatch, of steps: [String]) throws -> [String] { try body(batch, steps) }

    /// All steps.
    public static var defaults: RoutingClosure { RoutingClosure { $1 } }
    /// Refuses.
    public init(from decoder: any Decoder) throws {
        throw ValueCodingError(
            code: .invalid, path: "", message: "a routing function made of a closure cannot be read from a file")
    }
    /// Refuses.
    public func encode(to encoder: any Encoder) throws {
        throw ValueCodingError(
            code: .invalid, path: "",
            message:
                "a routing function made of a closure cannot be written to a file: make it a type that conforms to RoutingFunction"
        )
    }
}
