/// The names of the columns of some rows, in order, shared by all of them.
public struct Columns: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
    /// The names, in order; none stands twice.
    public let names: [String]
    /// Where each name stands; only built where a linear search would be slow.
    private let index: [String: Int]?

    /// Makes the columns of these names; a name that stands twice is taken once.
    public init(_ names: some Sequence<String>) {
        var seen = Set<String>()
        let unique = names.filter { seen.insert($0).inserted }
        self.names = unique
        index = unique.count > 12 ? Dictionary(uniqueKeysWithValues: zip(unique, unique.indices)) : nil
    }

    /// Makes the columns of these names.
    public init(arrayLiteral elements: String...) { self.init(elements) }

    /// How many columns there are.
    public var count: Int { names.count }

    /// The position of a column, or nil when there is none of that name.
    public func position(of name: String) -> Int? {
        if let index { return index[name] }
        return names.firstIndex(of: name)
    }

    /// Whether there is a column of that name.
    public func contains(_ name: String) -> Bool { position(of: name) != nil }

    /// These columns and, behind them, those of `names` that are new.
    public func adding(_ names: some Sequence<String>) -> Columns {
        let new = names.filter { !contains($0) }
        return new.isEmpty ? self : Columns(self.names + new)
    }

    /// Two sets of columns are equal when they have the same names in the same order.
    public static func == (left: Columns, right: Columns) -> Bool { left.names == right.names }

    /// Feeds the names.
    public func hash(into hasher: inout Hasher) { hasher.combine(names) }

    /// The names, separated by commas.
    public var description: String { names.joined(separator: ", ") }
}
