public import DistilabelValues

extension DatasetStatistics {
    /// The statistics as programs read them: an object with `rows`, `columns`, `duplicates`, `preference` and `metadata`.
    ///
    /// What is not there is null; shares lie between 0 and 1.
    public var json: Value {
        [
            "rows": .int(rowCount), "columns": .array(columns.map { $0.json(rowCount: rowCount) }),
            "duplicates": .array(duplicates.map(\.json)), "preference": preference.isEmpty ? .null : preference.json,
            "metadata": metadata?.json ?? .null,
        ]
    }
}

extension Distribution {
    /// The distribution as programs read it.
    public var json: Value {
        [
            "count": .int(count), "non_finite": .int(nonFiniteCount), "min": .double(minimum), "mean": .double(mean),
            "median": .double(median), "p95": .double(p95), "max": .double(maximum), "exact": .bool(isExact),
            "histogram": .array(
                histogram.map { bin in
                    [
                        "lower": .double(bin.lower), "upper": .double(bin.upper), "count": .int(bin.count),
                        "tail": .bool(bin.isTail),
                    ]
                }),
        ]
    }
}

extension NamedCount {
    static func json(_ counts: [NamedCount]) -> Value {
        .array(counts.map { ["name": .string($0.name), "count": .int($0.count)] })
    }
}

extension ColumnStatistics {
    fileprivate func json(rowCount: Int) -> Value {
        [
            "name": .string(name), "type": .string(type.description), "nulls": .int(nullCount),
            "distinct": distinctCount.map { .int($0) } ?? .null, "distinct_exact": .bool(isDistinctExact),
            "most_frequent": mostFrequent.map { ["value": .string($0.label), "count": .int($0.count)] } ?? .null,
            "values": NamedCount.json(values),
            "near_constant": .bool(nearConstant(of: rowCount) != nil), "blank": .int(blankCount),
            "characters": characters?.json ?? .null, "words": words?.json ?? .null, "lengths": lengths?.json ?? .null,
            "numbers": numbers?.json ?? .null, "true": trueCount.map { .int($0) } ?? .null,
            "role_patterns": NamedCount.json(rolePatterns),
        ]
    }
}

extension DatasetStatistics.Duplicates {
    fileprivate var json: Value {
        [
            "column": column.map { .string($0) } ?? .null, "total": .int(count.total), "distinct": .int(count.distinct),
            "repeated": .int(count.repeated), "largest_group": .int(count.largestGroup),
            "largest_group_row": count.largestGroupRow.map { .int($0) } ?? .null, "exact": .bool(count.isExact),
        ]
    }
}

extension PreferenceStatistics {
    fileprivate var json: Value {
        [
            "pairs": .int(pairCount), "missing_pairs": .int(missingPairCount), "equal_pairs": .int(equalPairCount),
            "tied_pairs": .int(tiedPairCount), "same_model_pairs": .int(sameModelCount),
            "margin": margin?.json ?? .null, "chosen_characters": chosenCharacters?.json ?? .null,
            "rejected_characters": rejectedCharacters?.json ?? .null, "chosen_longer": .int(chosenLongerCount),
            "same_length": .int(sameLengthCount),
            "ratings": .object(
                Value.Object(uniqueKeysWithValues: ratings.map { ($0.column, $0.distribution.json) })),
            "pair_models": .array(pairModels.map(\.json)), "rated_models": .array(ratedModels.map(\.json)),
        ]
    }
}

extension PreferenceStatistics.Model {
    fileprivate var json: Value {
        [
            "name": .string(name), "wins": .int(wins), "losses": .int(losses), "ties": .int(ties),
            "win_share": winShare.map { .double($0) } ?? .null, "rated": .int(ratedCount),
            "mean_rating": meanRating.map { .double($0) } ?? .null,
        ]
    }
}

extension MetadataStatistics {
    fileprivate var json: Value {
        [
            "rows": .int(rowCount), "failed_rows": .int(failedRowCount),
            "failures": .array(
                failures.map { ["step": .string($0.step), "reason": .string($0.reason), "count": .int($0.count)] }),
            "tokens": .array(
                tokens.map {
                    [
                        "step": .string($0.step), "calls": .int($0.calls), "input": .int($0.input),
                        "output": .int($0.output),
                    ]
                }),
        ]
    }
}
