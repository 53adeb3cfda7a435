/// A chain whose ends lead to some of the steps that follow, as a routing function chooses: what stands to the left of them in
/// `load >>> SampleNSteps(2) >>> [a, b, c]`.
public struct RoutedChain {
    /// The chain so far.
    var chain: Chain
    /// What chooses.
    var function: any RoutingFunction

    /// The chain with those that follow.
    func connected(to next: Chain) -> Chain {
        var both = chain.connected(to: next)
        both.routings += chain.tails.map { ($0, function) }
        return both
    }
}

/// Lets a routing function choose which of the steps that follow the rows go to.
public func >>> (left: any Linkable, right: any RoutingFunction) -> RoutedChain {
    RoutedChain(chain: left.chain, function: right)
}
/// Lets a routing function choose which of the steps that follow the rows go to.
public func >>> (left: Chain, right: any RoutingFunction) -> RoutedChain { RoutedChain(chain: left, function: right) }
/// Connects a routing function to what a list puts side by side.
public func >>> (left: RoutedChain, right: Chain) -> Chain { left.connected(to: right) }
/// Connects a routing function to a step.
public func >>> (left: RoutedChain, right: any Linkable) -> Chain { left.connected(to: right.chain) }
