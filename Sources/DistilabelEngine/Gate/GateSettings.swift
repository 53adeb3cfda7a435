/// The constants of a gate.
public struct GateSettings: Sendable, Hashable {
    /// Requests under way at the start.
    public var initialConcurrency = 64
    /// How many times the latency at low load counts as overload, where throughput does not grow with it.
    public var overloadFactor = 2.5
    /// The upper bound of the first wait after a fault; it doubles with every try.
    public var baseDelay: Duration = .milliseconds(500)
    /// The upper bound of all waits after faults.
    public var maximumDelay: Duration = .seconds(30)
    /// How long a request may take, all waits and tries together.
    public var deadline: Duration = .seconds(1800)
    /// The first wait before somebody is looked for where nobody answers; it doubles up to `maximumProbeDelay`.
    public var probeDelay: Duration = .milliseconds(250)
    /// The longest wait between two looks.
    public var maximumProbeDelay: Duration = .seconds(5)
    /// After how long without anybody there the run stops.
    public var giveUpAfter: Duration = .seconds(120)
    /// After how long in which all requests were turned away for want of room the run stops.
    public var refusalPatience: Duration = .seconds(300)
    /// After how many requests in a row that failed for good, tries and all, the run stops.
    public var failuresInARow = 20

    /// Makes the defaults.
    public init() {}
}

/// Why a gate lets nobody through any more: the run stops, and can go on later.
public struct GateError: Error, Sendable, CustomStringConvertible {
    /// The reasons.
    public enum Code: Sendable, Hashable {
        /// The run is stopping.
        case draining
        /// Nobody has answered for a long time.
        case unreachable
        /// One request after the other failed.
        case failing
    }

    /// The reason.
    public var code: Code
    /// What happened, where, and the mend.
    public var message: String
    /// The error of the last request.
    public var cause: (any Error)?

    /// The message.
    public var description: String { message }
}
