internal import DistilabelModels
internal import Synchronization

/// How a gate stands.
public struct GateStatus: Sendable, Hashable {
    /// How many requests may be under way.
    public var limit: Int
    /// How many are.
    public var underWay: Int
    /// How many wait.
    public var waiting: Int
    /// How many were sent, tries counted by themselves.
    public var tries: Int
    /// How many of them the endpoint turned away for want of room.
    public var refusals: Int
    /// How many of them were sent again after a fault.
    public var retries: Int
    /// Requests a minute, as set, said by the provider or learnt from refusals; nil where nothing limits them.
    public var requestsPerMinute: Double?
    /// Tokens a minute, as set or said by the provider; nil where nothing limits them.
    public var tokensPerMinute: Double?
    /// How long all requests still wait because the endpoint refused one, was not there, or said that nothing is left;
    /// nil when they do not.
    public var pausedFor: Duration?
}

/// The gates of a run, one an endpoint.
public final class Gates: Sendable {
    private let settings: GateSettings
    private let gates = Mutex<[String: Gate]>([:])

    /// Makes none yet.
    public init(settings: GateSettings = GateSettings()) { self.settings = settings }

    /// The gate of an endpoint, for one more step.
    func gate(for endpoint: Endpoint) -> Gate {
        gates.withLock { gates in
            if let gate = gates[endpoint.id] {
                gate.raiseMaximum(by: endpoint.concurrency)
                return gate
            }
            let gate = Gate(endpoint, settings: settings)
            gates[endpoint.id] = gate
            return gate
        }
    }

    /// Lets nobody through any more.
    func drain() { for gate in gates.withLock({ Array($0.values) }) { gate.drain() } }

    /// How all of them stand, by endpoint.
    public var status: [String: GateStatus] { gates.withLock { $0.mapValues(\.status) } }
}
