/// The constants of a gate.
public struct GateSettings: Sendable, Hashable {
    /// Requests under way at the start; 64 unless set.
    public var initialConcurrency = 64
    /// How many times the latency at low load counts as overload, where throughput does not grow with it; 2.5 unless
    /// set.
    public var overloadFactor = 2.5
    /// The upper bound of the first wait after a fault, 0.5 s unless set; it doubles with every try.
    public var baseDelay: Duration = .milliseconds(500)
    /// The upper bound of all waits that nobody asked for; 30 s unless set.
    public var maximumDelay: Duration = .seconds(30)
    /// How long a request may take with all its tries and the waits between them; 30 minutes unless set.
    ///
    /// The time before its first try and the waits of all requests of the endpoint do not count: they are not its
    /// fault.
    public var deadline: Duration = .seconds(1800)
    /// The first wait before somebody is looked for where nobody answers, 0.25 s unless set; it doubles up to
    /// `maximumProbeDelay`.
    public var probeDelay: Duration = .milliseconds(250)
    /// The longest wait between two looks; 5 s unless set.
    public var maximumProbeDelay: Duration = .seconds(5)
    /// After how long without anybody there the run stops; 120 s unless set.
    public var giveUpAfter: Duration = .seconds(120)
    /// After how long in which all requests were turned away for want of room the run stops; 300 s unless set.
    public var refusalPatience: Duration = .seconds(300)
    /// After how many requests in a row that failed for good, tries and all, the run stops; 20 unless set.
    public var failuresInARow = 20
    /// How often one request may be turned away alone, while others are let in, before it fails: such a one will never
    /// fit; 5 unless set.
    public var lonelyRefusals = 5

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

    static let draining = GateError(code: .draining, message: "the run is stopping")
}
