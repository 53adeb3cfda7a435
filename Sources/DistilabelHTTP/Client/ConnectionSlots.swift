/// Which of several small connection pools a request goes to; holds no connection itself.
///
/// AsyncHTTPClient looks through all connections of a host at every request, twice: at 4,096 connections that costs more than
/// the request. Pools of a few dozen keep it short. A request goes to the first pool with room, so that little traffic uses few
/// connections again and again.
struct ConnectionSlots<Waiter> {
    private let poolSize: Int
    private let capacity: Int
    private var used: [Int]
    private var total = 0
    /// No pool before this one has room.
    private var firstWithRoom = 0
    private var waiters: [Int: Waiter] = [:]
    private var nextTicket = 0
    private var oldestTicket = 0

    /// Makes slots.
    ///
    /// - Parameters:
    ///   - capacity: How many requests may be under way at once.
    ///   - poolSize: How many of them go to one pool.
    init(capacity: Int, poolSize: Int) {
        self.capacity = capacity
        self.poolSize = poolSize
        used = Array(repeating: 0, count: (capacity + poolSize - 1) / poolSize)
    }

    /// How many pools there are.
    var poolCount: Int { used.count }

    /// The pool of a request that can be sent now; nil where all slots are taken.
    mutating func take() -> Int? {
        guard total < capacity else { return nil }
        while used[firstWithRoom] >= poolSize { firstWithRoom += 1 }
        used[firstWithRoom] += 1
        total += 1
        return firstWithRoom
    }

    /// A number for a request that must wait.
    mutating func ticket() -> Int {
        defer { nextTicket += 1 }
        return nextTicket
    }

    /// Lets a request wait for its turn, those with lower numbers first.
    mutating func wait(_ ticket: Int, _ waiter: Waiter) {
        waiters[ticket] = waiter
        // The number may have been passed over between taking it and waiting.
        oldestTicket = min(oldestTicket, ticket)
    }

    /// Takes a request out of the queue; nil where it has been served.
    mutating func leave(_ ticket: Int) -> Waiter? { waiters.removeValue(forKey: ticket) }

    /// Gives a slot back.
    ///
    /// - Returns: The request that goes to the same pool now; nil where none waits.
    mutating func give(back pool: Int) -> Waiter? {
        while oldestTicket < nextTicket, !waiters.isEmpty {
            defer { oldestTicket += 1 }
            if let waiter = waiters.removeValue(forKey: oldestTicket) { return waiter }
        }
        used[pool] -= 1
        total -= 1
        firstWithRoom = min(firstWithRoom, pool)
        return nil
    }

    /// Empties the queue.
    mutating func leaveAll() -> [Waiter] {
        defer { waiters.removeAll() }
        return waiters.sorted { $0.key < $1.key }.map(\.value)
    }
}
