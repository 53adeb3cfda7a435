extension ColumnStatistics {
    /// What was measured in the column, and under which name; words where there are several anywhere.
    var measures: [(name: String, spread: Distribution)] {
        let measures: [(String, Distribution?)] = [
            ("characters", characters), ("words", words), (rolePatterns.isEmpty ? "items" : "turns", lengths),
            ("value", numbers),
        ]
        return measures.compactMap { name, spread in
            guard let spread, name != "words" || spread.maximum > 1 else { return nil }
            return (name, spread)
        }
    }

    /// Of which a histogram says more than the table: more than a few different lengths, more than one number.
    var plotted: [(name: String, spread: Distribution)] {
        measures.filter { name, spread in
            name == "characters"
                ? spread.histogram.contains { $0.lower != $0.upper }
                : name != "words" && spread.histogram.count > 1
        }
    }
}
