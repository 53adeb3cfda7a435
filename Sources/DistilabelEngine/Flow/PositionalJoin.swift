internal import DequeModule
internal import DistilabelValues

/// Brings together the rows of branches that do not stem from the same rows (two sources, or a global step between): the first with
/// the first, the second with the second.
struct PositionalJoin {
    private var restorers: [OrderRestorer]
    private var queues: [Deque<Row>]
    private var ended: Set<Int> = []

    /// Makes a join of so many branches.
    init(branches: Int) {
        restorers = Array(repeating: OrderRestorer(), count: branches)
        queues = Array(repeating: [], count: branches)
    }

    /// Takes what a branch brings and gives what is together now: a row a branch, or nil where a branch has ended.
    mutating func add(_ packet: Packet, from branch: Int) -> [[Row?]] {
        queues[branch].append(contentsOf: restorers[branch].add(packet).rows.rows)
        return release()
    }

    /// Notes that a branch has ended.
    mutating func end(_ branch: Int) -> [[Row?]] {
        ended.insert(branch)
        return release()
    }

    /// How far a branch has come in the order of its source.
    func firstOpenRoot(of branch: Int) -> Int { restorers[branch].firstOpenRoot }

    private mutating func release() -> [[Row?]] {
        var together: [[Row?]] = []
        while queues.indices.allSatisfy({ !queues[$0].isEmpty || ended.contains($0) }),
            queues.contains(where: { !$0.isEmpty })
        {
            together.append(queues.indices.map { queues[$0].popFirst() })
        }
        return together
    }
}
