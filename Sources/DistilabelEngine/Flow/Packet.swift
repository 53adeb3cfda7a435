internal import DistilabelValues

/// Rows on their way from one step to the next, with their lineages, and the lineages of rows that were dropped.
struct Packet: Sendable {
    /// The rows.
    var rows: RowChunk
    /// The lineage of each row.
    var lineages: [Lineage]
    /// What was dropped.
    var dropped: [Lineage] = []

    /// Makes an empty packet.
    init() {
        rows = RowChunk()
        lineages = []
    }

    /// Makes a packet of rows.
    init(rows: RowChunk, lineages: [Lineage], dropped: [Lineage] = []) {
        self.rows = rows
        self.lineages = lineages
        self.dropped = dropped
    }

    /// Makes a packet of the rows that a step made of one row.
    init(_ made: [Row], of lineage: Lineage) {
        rows = RowChunk(made)
        lineages = made.isEmpty ? [] : lineage.children(count: made.count)
        dropped = made.isEmpty ? [lineage] : []
    }

    /// Adds the rows that a step made of one row.
    mutating func append(_ made: [Row], of lineage: Lineage) {
        if made.isEmpty { return dropped.append(lineage) }
        if made.count == 1 {
            lineages.append(lineage)
        } else {
            lineages += lineage.children(count: made.count)
        }
        for row in made { rows.append(row) }
    }

    /// Adds another packet.
    mutating func append(_ other: Packet) {
        rows.append(contentsOf: other.rows)
        lineages += other.lineages
        dropped += other.dropped
    }

    /// How much room it takes in a channel.
    var weight: Int { max(1, lineages.count) }
    /// Whether there is nothing in it, not even news of dropped rows.
    var isEmpty: Bool { lineages.isEmpty && dropped.isEmpty }
}

/// A packet and which of a step's predecessors it comes from.
struct Envelope: Sendable {
    /// The position among the step's predecessors.
    var branch: Int
    /// What it brings; nil when the branch has ended.
    var packet: Packet?
}
