internal import DistilabelValues

/// Brings together the rows of several branches that stem from the same row.
///
/// Rows of the same lineage meet as soon as the last of them is there. What finds no partner waits until all branches are through with
/// the row that entered the graph; then a row meets the row that it was made of, if a branch has that, and otherwise stays alone.
struct LineageJoin {
    /// What a join makes a row of: a row a branch, or nil where the branch has none.
    struct Match {
        var rows: [Row?]
        var lineage: Lineage
    }

    /// What came out of some packets.
    struct Outcome {
        var matches: [Match] = []
        var dropped: [Lineage] = []
    }

    /// The rows of one root in one branch.
    private struct Branch {
        var items: [Place: (row: Row?, lineage: Lineage)] = [:]
        var missing: [Place: Int] = [:]
        var isComplete = false

        /// Notes that a lineage is here; knows afterwards whether all of the root is.
        mutating func note(_ lineage: Lineage) {
            var place = Place(lineage)
            for part in lineage.parts.reversed() {
                place.indices.removeLast()
                let left = missing[place, default: Int(part.count)] - 1
                missing[place] = left
                if left > 0 { return }
            }
            isComplete = true
        }
    }

    private let branches: Int
    private var roots: [Int: [Branch]] = [:]

    /// Makes a join of so many branches.
    init(branches: Int) { self.branches = branches }

    /// Takes what a branch brings and gives what is together now.
    mutating func add(_ packet: Packet, from branch: Int) -> Outcome {
        var outcome = Outcome()
        for (index, lineage) in packet.lineages.enumerated() {
            add(packet.rows[index], lineage, from: branch, to: &outcome)
        }
        for lineage in packet.dropped { add(nil, lineage, from: branch, to: &outcome) }
        return outcome
    }

    private mutating func add(_ row: Row?, _ lineage: Lineage, from branch: Int, to outcome: inout Outcome) {
        var group = roots.removeValue(forKey: lineage.root) ?? Array(repeating: Branch(), count: branches)
        let place = Place(lineage)
        group[branch].items[place] = (row, lineage)
        group[branch].note(lineage)
        if group.allSatisfy({ $0.items[place] != nil }) {
            let rows = group.indices.map { group[$0].items.removeValue(forKey: place)?.row ?? nil }
            if rows.contains(where: { $0 != nil }) {
                outcome.matches.append(Match(rows: rows, lineage: lineage))
            } else {
                outcome.dropped.append(lineage)
            }
        }
        if group.allSatisfy(\.isComplete) {
            settle(group, to: &outcome)
        } else {
            roots[lineage.root] = group
        }
    }

    /// Brings together what found no row of its own lineage, now that all of the root is there.
    private func settle(_ group: [Branch], to outcome: inout Outcome) {
        let left = group.enumerated().flatMap { branch, state in
            state.items.values.map { (branch: branch, row: $0.row, lineage: $0.lineage) }
        }.sorted { Lineage.precedes($0.lineage, $1.lineage) }
        var seen = Set<Place>()
        for item in left where !seen.contains(Place(item.lineage)) {
            // An item that others were made of meets each of those instead of standing alone.
            let hasDescendants = left.contains {
                $0.branch != item.branch && $0.lineage != item.lineage && item.lineage.isPrefix(of: $0.lineage)
            }
            if hasDescendants { continue }
            seen.insert(Place(item.lineage))
            let rows = (0..<branches).map { branch -> Row? in
                left.last { $0.branch == branch && $0.lineage.isPrefix(of: item.lineage) }?.row
            }
            if rows.contains(where: { $0 != nil }) {
                outcome.matches.append(Match(rows: rows, lineage: item.lineage))
            } else {
                outcome.dropped.append(item.lineage)
            }
        }
    }
}
