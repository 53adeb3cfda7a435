/// Finds the name that was probably meant.
public enum Nearest {
    /// The candidate that is nearest to a misspelt name, or nil when none is near.
    ///
    /// Near is what a person mistypes: at most one edit for three letters (added, left out, exchanged or swapped with their
    /// neighbour), where case, `-` and `_` do not count. Among equals the one that stands first wins.
    public static func match(_ name: String, in candidates: [String]) -> String? {
        let wanted = folded(name)
        guard !wanted.isEmpty else { return nil }
        var best: (distance: Int, name: String)?
        for candidate in candidates {
            let known = folded(candidate)
            let limit = max(1, max(wanted.count, known.count) / 3)
            guard abs(known.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, known)
            // With so few letters one edit makes any word of any other.
            guard distance <= limit, distance < max(wanted.count, known.count) - 1 || distance == 0 else { continue }
            if distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.name
    }

    private static func folded(_ name: String) -> [UInt8] {
        name.lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
    }

    /// The optimal string alignment distance: edits of single letters and swaps of neighbours.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                var cost = min(
                    last[column + 1] + 1, current[column] + 1, last[column] + (left[row] == right[column] ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
