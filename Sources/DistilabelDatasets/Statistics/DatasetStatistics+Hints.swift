extension DatasetStatistics {
    /// What a person should look at before training on the rows, one line each; empty where nothing stands out.
    public var hints: [String] {
        guard rowCount > 0 else { return ["there are no rows"] }
        var hints: [String] = []
        for column in columns {
            if column.nullCount == rowCount {
                hints.append("column '\(column.name)' is null in every row")
            } else if let value = column.nearConstant(of: rowCount) {
                let share = NumberText.share(value.count, of: rowCount)
                hints.append("column '\(column.name)' is nearly constant: \(value.label) in \(share) of the rows")
            }
            if column.blankCount > 0 {
                hints.append("column '\(column.name)' has \(NumberText.count(column.blankCount, "empty text"))")
            }
            if let numbers = column.numbers, numbers.nonFiniteCount > 0 {
                let count = NumberText.count(numbers.nonFiniteCount, "number")
                hints.append("column '\(column.name)' has \(count) that are NaN or infinite")
            }
        }
        for entry in duplicates where entry.count.repeated > 0 {
            let share = NumberText.share(entry.count.repeated, of: entry.count.total)
            let what = entry.column.map { "of the prompts in '\($0)'" } ?? "of the rows"
            hints.append("\(share) \(what) repeat an earlier one")
        }
        return hints + preferenceHints + metadataHints
    }

    private var preferenceHints: [String] {
        var hints: [String] = []
        let pairs = preference.pairCount
        if preference.missingPairCount > 0 {
            hints.append(
                "\(NumberText.count(preference.missingPairCount, "row")) without a pair of chosen and rejected")
        }
        if preference.equalPairCount > 0 {
            hints.append("\(NumberText.count(preference.equalPairCount, "pair")) of equal answers")
        }
        if preference.tiedPairCount > 0 {
            hints.append("\(NumberText.count(preference.tiedPairCount, "pair")) with equal ratings")
        }
        let different = pairs - preference.sameLengthCount
        if pairs >= 20, different > 0 {
            let longer = Double(preference.chosenLongerCount) / Double(different)
            if longer >= 0.7 || longer <= 0.3 {
                let share = NumberText.share(preference.chosenLongerCount, of: different)
                hints.append("the chosen answer is the longer one in \(share) of the pairs: a model may learn length")
            }
        }
        return hints
    }

    private var metadataHints: [String] {
        guard let metadata, metadata.failedRowCount > 0 else { return [] }
        return ["a step failed in \(NumberText.count(metadata.failedRowCount, "row"))"]
    }
}
