internal import DequeModule

/// A request that wants to be let through.
struct GateEntry {
    var ticket: Int
    var tokens: Int
    /// How often it has failed.
    var failures = 0
    /// The time that its tries and the waits between them took.
    var spent: Duration = .zero
    /// Not before this.
    var notBefore: Duration = .zero
    /// How often it was refused alone while others were let in.
    var lonelyRefusals = 0
    /// How many answers there had been when it was last refused alone.
    var answersThen: Int?

    init(ticket: Int, tokens: Int) {
        self.ticket = ticket
        self.tokens = tokens
    }
}

/// Requests that wait to be let through: in a line, or for their own time first.
struct GateQueue {
    private var line: Deque<GateEntry> = []
    /// Those that wait for their own time, the earliest last.
    private var delayed: [GateEntry] = []

    var count: Int { line.count + delayed.count }
    var isEmpty: Bool { line.isEmpty && delayed.isEmpty }
    /// Who is next.
    var first: GateEntry? { line.first }
    /// When the next of the delayed comes into the line.
    var nextTime: Duration? { delayed.last?.notBefore }

    mutating func append(_ entry: GateEntry) { line.append(entry) }
    mutating func prepend(_ entry: GateEntry) { line.prepend(entry) }
    mutating func removeFirst() { line.removeFirst() }

    /// Lets a request wait until its `notBefore`.
    mutating func delay(_ entry: GateEntry) {
        var low = 0
        var high = delayed.count
        while low < high {
            let middle = (low + high) / 2
            if delayed[middle].notBefore > entry.notBefore { low = middle + 1 } else { high = middle }
        }
        delayed.insert(entry, at: low)
    }

    /// Puts those whose time has come at the head of the line.
    mutating func advance(to now: Duration) {
        while let last = delayed.last, last.notBefore <= now {
            line.prepend(last)
            delayed.removeLast()
        }
    }

    /// Takes a request out.
    ///
    /// - Returns: Whether it was there.
    mutating func remove(_ ticket: Int) -> Bool {
        if let index = line.firstIndex(where: { $0.ticket == ticket }) {
            line.remove(at: index)
            return true
        }
        guard let index = delayed.firstIndex(where: { $0.ticket == ticket }) else { return false }
        delayed.remove(at: index)
        return true
    }

    /// Takes all out.
    mutating func removeAll() -> [Int] {
        defer {
            line = []
            delayed = []
        }
        return line.map(\.ticket) + delayed.reversed().map(\.ticket)
    }
}
