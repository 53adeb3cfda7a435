/// An amount of money in US dollars, exact to a millionth of a millionth.
///
/// Prices are stated per million tokens with up to six decimals, so the price of one token is a whole number of
/// picodollars and sums have no rounding. Sums and products that leave the range (nine million dollars either way) stay
/// at its end.
public struct Cost: Sendable, Hashable {
    /// The amount in picodollars, 10⁻¹² of a dollar.
    public var picodollars: Int

    /// Makes an amount.
    public init(picodollars: Int) { self.picodollars = picodollars }

    /// Makes an amount of dollars, rounded to a picodollar; nil for what is no number or beyond the range.
    public init?(dollars: Double) {
        let scaled = (dollars * Self.perDollar).rounded()
        guard let picodollars = Int(exactly: scaled) else { return nil }
        self.picodollars = picodollars
    }

    /// Reads an amount as people write it: `5`, `0.25`, `$12.34`; nil for anything else.
    ///
    /// At most twelve decimals, no sign, no exponent and no separators.
    public init?(text: String) {
        let digits = text.hasPrefix("$") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, !whole.isEmpty else { return nil }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard parts.count == 1 || !decimals.isEmpty, decimals.count <= Self.decimals,
            (whole + decimals).utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        let padding = String(repeating: "0", count: Self.decimals - decimals.count)
        guard let picodollars = Int(whole + decimals + padding) else { return nil }
        self.picodollars = picodollars
    }

    /// No money at all.
    public static let zero = Cost(picodollars: 0)

    /// The amount in dollars, as near as a double comes.
    public var dollars: Double { Double(picodollars) / Self.perDollar }

    private static let decimals = 12
    private static let perDollar = 1e12
}

extension Cost: Comparable {
    /// Whether one amount is the smaller.
    public static func < (left: Cost, right: Cost) -> Bool { left.picodollars < right.picodollars }

    /// The sum of two amounts.
    public static func + (left: Cost, right: Cost) -> Cost {
        let (sum, overflow) = left.picodollars.addingReportingOverflow(right.picodollars)
        return Cost(picodollars: overflow ? (right.picodollars > 0 ? .max : .min) : sum)
    }

    /// The difference of two amounts.
    public static func - (left: Cost, right: Cost) -> Cost {
        let (difference, overflow) = left.picodollars.subtractingReportingOverflow(right.picodollars)
        return Cost(picodollars: overflow ? (right.picodollars < 0 ? .max : .min) : difference)
    }

    /// Adds an amount to another.
    public static func += (left: inout Cost, right: Cost) { left = left + right }

    /// An amount so many times.
    public static func * (left: Cost, right: Int) -> Cost {
        let (product, overflow) = left.picodollars.multipliedReportingOverflow(by: right)
        return Cost(picodollars: overflow ? ((left.picodollars < 0) == (right < 0) ? .max : .min) : product)
    }
}

extension Cost: Codable {
    /// Reads picodollars.
    public init(from decoder: any Decoder) throws {
        picodollars = try decoder.singleValueContainer().decode(Int.self)
    }

    /// Writes picodollars, so that nothing is lost.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(picodollars)
    }
}

extension Cost: CustomStringConvertible {
    /// The amount for people: from a dollar on with cents (`$12.34`), below it with three digits that count
    /// (`$0.0123`).
    public var description: String {
        let sign = picodollars < 0 ? "-" : ""
        let amount = picodollars.magnitude
        let dollar: UInt = 1_000_000_000_000
        var unit: UInt = 1
        if amount >= dollar {
            unit = dollar / 100
        } else {
            while amount / unit >= 1000 { unit *= 10 }
        }
        let rounded = (amount / unit + (amount % unit >= (unit + 1) / 2 ? 1 : 0)) * unit
        var decimals = String(rounded % dollar)
        decimals = String(repeating: "0", count: Self.decimals - decimals.count) + decimals
        while decimals.count > 2, decimals.hasSuffix("0") { decimals.removeLast() }
        return "\(sign)$\(rounded / dollar).\(decimals)"
    }
}
