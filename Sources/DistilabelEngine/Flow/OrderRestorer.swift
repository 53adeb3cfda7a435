internal import DistilabelValues

/// Puts rows back into the order of the input, whatever finished first.
///
/// It holds what came too early; how much that can be is bounded by the ``AdmissionWindow`` of the rows' source.
struct OrderRestorer {
    /// What is held for a place.
    private enum Held {
        case row(Row, Lineage)
        case dropped(Lineage)
    }

    private var held: [Place: Held] = [:]
    private var deepest = 0
    /// The place of the next row.
    private var next = Lineage(root: 0)

    /// All rows that entered the graph before this one have left it here, with everything made of them.
    var firstOpenRoot: Int { next.root }
    /// Whether nothing is held back.
    var isEmpty: Bool { held.isEmpty }

    /// Takes rows and gives those whose turn it is, in order.
    mutating func add(_ packet: Packet) -> Packet {
        var ready = Packet()
        if held.isEmpty, packet.dropped.isEmpty, isInOrder(packet.lineages) { return packet }
        for lineage in packet.dropped { hold(.dropped(lineage), at: lineage) }
        for (index, lineage) in packet.lineages.enumerated() {
            if lineage.begins(at: next) {
                ready.rows.append(packet.rows[index])
                ready.lineages.append(lineage)
                next = lineage.successor
                release(into: &ready)
            } else {
                hold(.row(packet.rows[index], lineage), at: lineage)
            }
        }
        release(into: &ready)
        return ready
    }

    /// Whether these rows are just the next ones; then the place moves behind them.
    private mutating func isInOrder(_ lineages: [Lineage]) -> Bool {
        var place = next
        for lineage in lineages {
            guard lineage.begins(at: place) else { return false }
            place = lineage.successor
        }
        next = place
        return true
    }

    private mutating func hold(_ item: Held, at lineage: Lineage) {
        deepest = max(deepest, lineage.parts.count)
        held[Place(lineage)] = item
    }

    /// Gives what is held for the next place, as long as there is something.
    private mutating func release(into ready: inout Packet) {
        while let item = takeNext() {
            switch item {
            case .row(let row, let lineage):
                ready.rows.append(row)
                ready.lineages.append(lineage)
                next = lineage.successor
            case .dropped(let lineage):
                ready.dropped.append(lineage)
                next = lineage.successor
            }
        }
    }

    /// What is held for the next place or for the first of what was made of it.
    private mutating func takeNext() -> Held? {
        guard !held.isEmpty else { return nil }
        var place = Place(next)
        for _ in 0...max(0, deepest - next.parts.count) {
            if let item = held.removeValue(forKey: place) { return item }
            place.indices.append(0)
        }
        return nil
    }
}

/// A lineage without the counts, to look things up by.
struct Place: Hashable, Sendable {
    /// The number of the row that entered the graph.
    var root: Int
    /// Which of several rows, at each step that made several of one.
    var indices: [Int32]

    /// Makes the place of a lineage.
    init(_ lineage: Lineage) {
        root = lineage.root
        indices = lineage.parts.map(\.index)
    }
}
