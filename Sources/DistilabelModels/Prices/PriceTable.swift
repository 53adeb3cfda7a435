/// Which model takes how much, at which servers, and as of when.
///
/// A price that is not in the table is not known; it is never guessed. Prices of a file go before those that ship (see
/// ``init(merging:into:)``).
public struct PriceTable: Sendable, Hashable {
    /// The price of one model at one provider.
    public struct Entry: Sendable, Hashable {
        /// The model's name; with `*` as its last letter, all names that begin so.
        public var model: String
        /// The servers at which the price holds, as `host` or `host:port`; none for any server.
        public var hosts: [String]
        /// Whose price it is.
        public var provider: String?
        /// The price.
        public var price: Price

        /// Makes an entry.
        public init(model: String, hosts: [String] = [], provider: String? = nil, price: Price) {
            self.model = model
            self.hosts = hosts
            self.provider = provider
            self.price = price
        }
    }

    /// Entries of one source and one date.
    struct Layer: Sendable, Hashable {
        var asOf: String?
        var entries: [Entry]
    }

    /// The newest source first.
    var layers: [Layer]

    /// Makes a table.
    ///
    /// - Parameters:
    ///   - entries: The prices.
    ///   - asOf: The day at which they held, `2026-01-31`; snapshots of later days are not taken to cost the same.
    ///     Nil for any day.
    public init(_ entries: [Entry] = [], asOf: String? = nil) { layers = [Layer(asOf: asOf, entries: entries)] }

    /// The day at which the newest source held, where it says one.
    public var asOf: String? { layers.first?.asOf }

    /// All entries, in the order in which they are searched.
    public var entries: [Entry] { layers.flatMap(\.entries) }

    /// What a model takes, or nil when that is not known.
    ///
    /// Taken is the entry that names the model exactly; else one of the name without the date of a snapshot (`gpt-4o`
    /// for `gpt-4o-2024-08-06`, and `claude-3-opus` for `claude-3-opus-20240229`) unless the snapshot is younger than
    /// the table; else the longest beginning with `*`. A later source goes before an earlier one, but for a snapshot
    /// that only the earlier one names exactly.
    ///
    /// - Parameters:
    ///   - model: The model's name.
    ///   - host: The server, as `api.openai.com`, with a port, or as a whole address; nil for a model in this process,
    ///     which is free.
    public func price(of model: String, at host: String?) -> Price? {
        guard let host else { return .free }
        let server = ServerName(host)
        var snapshot: Entry?
        for layer in layers {
            let candidates = layer.entries.filter { entry in
                entry.hosts.isEmpty || entry.hosts.contains { server.isNamed(by: ServerName($0)) }
            }
            // What names the server goes before what holds anywhere.
            let ordered = candidates.filter { !$0.hosts.isEmpty } + candidates.filter(\.hosts.isEmpty)
            if let exact = ordered.first(where: { $0.model == model }) { return exact.price }
            if snapshot != nil { continue }
            snapshot = ordered.first { Self.isSnapshot(model, of: $0.model, notAfter: layer.asOf) }
            if snapshot == nil, let pattern = Self.longestPattern(for: model, in: ordered) { return pattern.price }
        }
        return snapshot?.price
    }

    private static func longestPattern(for model: String, in entries: [Entry]) -> Entry? {
        var best: Entry?
        for entry in entries where entry.model.hasSuffix("*") && model.hasPrefix(entry.model.dropLast()) {
            if entry.model.count > best?.model.count ?? -1 { best = entry }
        }
        return best
    }

    /// Whether a name is another with a date behind it, of four digits of a year and two each of month and day.
    ///
    /// Shorter endings (`mistral-large-2411`, `gpt-4-0613`) tell models of different prices apart.
    private static func isSnapshot(_ name: String, of base: String, notAfter limit: String?) -> Bool {
        guard name.hasPrefix(base) else { return false }
        let ending = name.dropFirst(base.count)
        guard ending.first == "-" else { return false }
        var digits = ending.dropFirst()
        if digits.count == 10 {
            let parts = digits.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.map(\.count) == [4, 2, 2] else { return false }
            digits = parts.joined()[...]
        }
        guard let day = CalendarDay(digits: digits) else { return false }
        return limit.map { day.text <= $0 } ?? true
    }
}

/// A day as `2026-01-31`.
struct CalendarDay {
    let text: String

    /// Reads eight digits.
    init?(digits: some StringProtocol) {
        guard digits.utf8.count == 8, digits.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(digits),
            (1900...2999).contains(number / 10000), (1...12).contains(number / 100 % 100),
            (1...31).contains(number % 100)
        else { return nil }
        let letters = Array(String(digits))
        text = String(letters[0..<4] + ["-"] + letters[4..<6] + ["-"] + letters[6..<8])
    }
}
