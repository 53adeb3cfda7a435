/// Where a row comes from: the number of the row that entered the graph and, for each step that made several rows of one, which of
/// them it is.
///
/// Lineage alone decides order and joins. Each part also tells how many siblings there are, so that whoever restores the order knows
/// what is still to come: a row that a step drops leaves its lineage behind, without data.
struct Lineage: Sendable, Hashable {
    /// One of several rows made of one.
    struct Part: Sendable, Hashable {
        /// Which one, from 0.
        var index: Int32
        /// How many there are.
        var count: Int32
    }

    /// The number of the row that entered the graph, from 0.
    var root: Int
    /// From the first step that made several rows of one to the last; empty for most rows.
    var parts: [Part] = []
    /// What tells the row that entered the graph from others in every run; 0 where no step asks a model.
    var origin: UInt64 = 0

    /// The lineage of one of several rows made of this one.
    func child(_ index: Int, of count: Int) -> Lineage {
        Lineage(root: root, parts: parts + [Part(index: Int32(index), count: Int32(count))], origin: origin)
    }

    /// Whether they stand at the same place.
    static func == (left: Lineage, right: Lineage) -> Bool { left.root == right.root && left.parts == right.parts }

    /// Hashes the place.
    func hash(into hasher: inout Hasher) {
        hasher.combine(root)
        hasher.combine(parts)
    }

    /// The lineages of the rows that a step made of this one.
    func children(count: Int) -> [Lineage] {
        count == 1 ? [self] : (0..<count).map { child($0, of: count) }
    }

    /// What tells this row from others in every run, whenever it comes and whatever rows come before it.
    var identity: UInt64 { parts.reduce(origin) { StableHash.mix($0, UInt64($1.index &+ 1)) } }

    /// Whether `other` is this row or was made of it.
    func isPrefix(of other: Lineage) -> Bool {
        root == other.root && other.parts.starts(with: parts)
    }

    /// The place behind this row and all that could be made of it: the next sibling, of it or of the nearest ancestor that has one.
    var successor: Lineage {
        var next = self
        while let last = next.parts.popLast() {
            if last.index + 1 < last.count {
                next.parts.append(Part(index: last.index + 1, count: last.count))
                return next
            }
        }
        return Lineage(root: root + 1)
    }

    /// Whether this is the first row made of what stands at `place`, or that row itself.
    func begins(at place: Lineage) -> Bool {
        guard root == place.root, parts.count >= place.parts.count else { return false }
        for (mine, its) in zip(parts, place.parts) where mine.index != its.index { return false }
        return parts.dropFirst(place.parts.count).allSatisfy { $0.index == 0 }
    }

    /// Whether this row stands before another in the order of the input.
    static func precedes(_ left: Lineage, _ right: Lineage) -> Bool {
        if left.root != right.root { return left.root < right.root }
        for (mine, its) in zip(left.parts, right.parts) where mine.index != its.index { return mine.index < its.index }
        return left.parts.count < right.parts.count
    }
}
