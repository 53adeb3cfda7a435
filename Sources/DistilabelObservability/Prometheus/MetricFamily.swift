/// What the series of one name have in common.
struct MetricFamily: Sendable {
    /// How values are kept.
    enum Kind: String, Sendable {
        case counter, gauge, histogram

        /// What the kind's names end in.
        var suffix: String { self == .counter ? "_total" : "" }

        /// The names of the lines that a family of this name writes.
        func lineNames(of name: String) -> [String] {
            self == .histogram ? [name, name + "_bucket", name + "_sum", name + "_count"] : [name]
        }
    }

    let name: String
    let kind: Kind
    let help: String
    let buckets: HistogramBuckets
    /// The series by their labels.
    var series: [String: any MetricCell] = [:]

    /// Writes help, type and all series, in the order of their labels.
    func write(into text: inout String) {
        if series.isEmpty { return }
        text += "# HELP \(name) \(PrometheusText.help(help))\n# TYPE \(name) \(kind.rawValue)\n"
        for (_, cell) in series.sorted(by: { $0.key < $1.key }) { cell.write(into: &text) }
    }
}

/// All families, under names that no two of them share.
struct MetricFamilies: Sendable {
    private(set) var families: [String: MetricFamily] = [:]
    /// The names of lines that are taken.
    private var taken: Set<String> = []

    /// The labels of the series that takes what is beyond the limit, named as OpenTelemetry names it.
    private static let overflowLabels = "otel_metric_overflow=\"true\""

    /// Finds or makes the family of a name, called otherwise where another kind has that name already.
    mutating func family(
        base: String, kind: MetricFamily.Kind, help: @autoclosure () -> String,
        buckets: @autoclosure () -> HistogramBuckets
    ) -> String {
        var stem = base
        if !kind.suffix.isEmpty, stem.hasSuffix(kind.suffix) { stem.removeLast(kind.suffix.count) }
        while true {
            let name = stem + kind.suffix
            if families[name]?.kind == kind { return name }
            let lines = kind.lineNames(of: name)
            if taken.isDisjoint(with: lines) {
                taken.formUnion(lines)
                families[name] = MetricFamily(name: name, kind: kind, help: help(), buckets: buckets())
                return name
            }
            stem += "_\(kind.rawValue)"
        }
    }

    /// Finds or makes a series of a family; beyond so many they share one.
    mutating func cell<Cell: MetricCell>(
        family name: String, labels: String, limit: Int, make: (SeriesPlace, HistogramBuckets) -> Cell
    ) -> Cell {
        var labels = labels
        let family = families[name]
        if let known = family?.series[labels] as? Cell { return known }
        if let family, family.series.count >= limit {
            labels = Self.overflowLabels
            if let known = family.series[labels] as? Cell { return known }
        }
        let made = make(SeriesPlace(family: name, labels: labels), family?.buckets ?? .general)
        families[name]?.series[labels] = made
        return made
    }

    /// Forgets a series, unless others share it.
    mutating func remove(_ cell: any MetricCell) {
        let place = cell.place
        guard place.labels != Self.overflowLabels, families[place.family]?.series[place.labels] === cell else { return }
        families[place.family]?.series[place.labels] = nil
    }
}
