/// What can stand on either side of `>>>`: a step, a node, a chain of them, or a list of those that run side by side.
public protocol Linkable {
    /// This as a chain.
    var chain: Chain { get }
}

/// Nodes and the connections between them.
public struct Chain: Linkable, ExpressibleByArrayLiteral {
    /// The nodes, in order of their first mention.
    public var nodes: [Node]
    /// The connections.
    public var edges: [(from: Node, to: Node)]
    /// What chooses where rows go behind a node.
    var routings: [(from: Node, function: any RoutingFunction)] = []
    /// The nodes that what stands to the left connects to.
    public var heads: [Node]
    /// The nodes that connect to what stands to the right.
    public var tails: [Node]

    /// Makes a chain of one node.
    public init(_ node: Node) {
        nodes = [node]
        edges = []
        heads = [node]
        tails = [node]
    }

    /// Puts things side by side.
    public init(arrayLiteral elements: any Linkable...) { self.init(parallel: elements) }

    /// Puts things side by side.
    public init(parallel elements: [any Linkable]) {
        let chains = elements.map(\.chain)
        nodes = chains.flatMap(\.nodes)
        edges = chains.flatMap(\.edges)
        routings = chains.flatMap(\.routings)
        heads = chains.flatMap(\.heads)
        tails = chains.flatMap(\.tails)
    }

    /// This chain itself.
    public var chain: Chain { self }

    /// This chain and another behind it: each end of this one connects to each beginning of the other.
    public func connected(to next: Chain) -> Chain {
        var both = self
        both.nodes += next.nodes
        both.edges += next.edges
        both.routings += next.routings
        for tail in tails { both.edges += next.heads.map { (tail, $0) } }
        both.tails = next.tails
        return both
    }
}

extension Step {
    /// A chain of a new node of this step.
    public var chain: Chain { Chain(Node(self)) }
}

extension Node: Linkable {
    /// A chain of this node.
    public var chain: Chain { Chain(self) }
}

/// Binds more loosely than arithmetic and more tightly than `?:`.
precedencegroup PipelinePrecedence {
    associativity: left
    higherThan: AssignmentPrecedence
    lowerThan: TernaryPrecedence
}

infix operator >>> : PipelinePrecedence

/// Connects two steps: rows flow from left to right.
public func >>> (left: any Linkable, right: any Linkable) -> Chain { left.chain.connected(to: right.chain) }
/// Connects a step to what a list puts side by side.
public func >>> (left: any Linkable, right: Chain) -> Chain { left.chain.connected(to: right) }
/// Connects what a list puts side by side to a step.
public func >>> (left: Chain, right: any Linkable) -> Chain { left.connected(to: right.chain) }
/// Connects two chains.
public func >>> (left: Chain, right: Chain) -> Chain { left.connected(to: right) }
/// Collects the chains of a pipeline's body; loops and conditions work.
@resultBuilder
public enum PipelineBuilder {
    /// A line that is a node, a chain or a list.
    public static func buildExpression(_ link: any Linkable) -> Chain { link.chain }
    /// Lines one after the other: they are not connected by that.
    public static func buildBlock(_ chains: Chain...) -> Chain { Chain(parallel: chains) }
    /// An `if` without `else`.
    public static func buildOptional(_ chain: Chain?) -> Chain { chain ?? [] }
    /// The first branch of an `if`.
    public static func buildEither(first chain: Chain) -> Chain { chain }
    /// The second branch of an `if`.
    public static func buildEither(second chain: Chain) -> Chain { chain }
    /// A loop.
    public static func buildArray(_ chains: [Chain]) -> Chain { Chain(parallel: chains) }
}
