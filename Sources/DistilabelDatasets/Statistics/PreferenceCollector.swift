internal import DistilabelValues

/// Gathers what preference rows say, a chunk at a time.
struct PreferenceCollector {
    private static let ratingColumns = ["ratings", "chosen_rating", "rejected_rating", "rating", "scores", "score"]
    private static let modelColumns = ["generation_models", "model_names", "models"]
    /// How many models are told apart.
    private static let modelLimit = 256

    private struct Record {
        var model: PreferenceStatistics.Model
        var ratingSum = 0.0
    }

    private var statistics = PreferenceStatistics()
    private var margin = QuantileSketch()
    private var chosenCharacters = QuantileSketch()
    private var rejectedCharacters = QuantileSketch()
    private var ratings: OrderedDictionary<String, QuantileSketch> = [:]
    private var pairModels: OrderedDictionary<String, Record> = [:]
    private var ratedModels: OrderedDictionary<String, Record> = [:]

    mutating func add(_ rows: RowChunk) {
        for name in Self.ratingColumns {
            guard let values = rows[column: name] else { continue }
            for value in values { add(value, to: name) }
        }
        if let chosen = rows[column: "chosen"], let rejected = rows[column: "rejected"] {
            addPairs(chosen, rejected, of: rows)
        }
        if let ratings = rows[column: "ratings"],
            let models = Self.modelColumns.lazy.compactMap({ rows[column: $0] }).first
        {
            for position in 0..<rows.count { addRated(ratings[position], models[position]) }
        }
    }

    private mutating func add(_ value: Value, to name: String) {
        if let number = value.doubleValue { ratings[name, default: QuantileSketch()].add(number) }
        for item in value.arrayValue ?? [] {
            if let number = item.doubleValue { ratings[name, default: QuantileSketch()].add(number) }
        }
    }

    private mutating func addPairs(_ chosen: [Value], _ rejected: [Value], of rows: RowChunk) {
        let chosenRatings = rows[column: "chosen_rating"]
        let rejectedRatings = rows[column: "rejected_rating"]
        let chosenModels = rows[column: "chosen_model"]
        let rejectedModels = rows[column: "rejected_model"]
        for position in 0..<rows.count {
            guard !chosen[position].isNull, !rejected[position].isNull else {
                statistics.missingPairCount += 1
                continue
            }
            statistics.pairCount += 1
            if chosen[position] == rejected[position] { statistics.equalPairCount += 1 }
            if let better = Self.answer(chosen[position]), let worse = Self.answer(rejected[position]) {
                let lengths = (TextMeasure(better).characters, TextMeasure(worse).characters)
                chosenCharacters.add(lengths.0)
                rejectedCharacters.add(lengths.1)
                if lengths.0 > lengths.1 { statistics.chosenLongerCount += 1 }
                if lengths.0 == lengths.1 { statistics.sameLengthCount += 1 }
            }
            let high = chosenRatings?[position].doubleValue
            let low = rejectedRatings?[position].doubleValue
            if let high, let low {
                margin.add(high - low)
                if high == low { statistics.tiedPairCount += 1 }
            }
            guard let winner = chosenModels?[position].stringValue, let loser = rejectedModels?[position].stringValue
            else { continue }
            Self.rate(winner, high, in: &pairModels)
            Self.rate(loser, low, in: &pairModels)
            if winner == loser {
                statistics.sameModelCount += 1
            } else {
                let isTie = high != nil && high == low
                Self.compare(winner, loser, isTie: isTie, in: &pairModels)
            }
        }
    }

    /// Each rated answer of a row against each other one of another model.
    private mutating func addRated(_ ratings: Value, _ models: Value) {
        guard let ratings = ratings.arrayValue, let models = models.arrayValue, ratings.count == models.count else {
            return
        }
        var rated: [(model: String, rating: Double)] = []
        for (rating, model) in zip(ratings, models) {
            if let rating = rating.doubleValue, rating.isFinite, let model = model.stringValue {
                rated.append((model, rating))
                Self.rate(model, rating, in: &ratedModels)
            }
        }
        // A row has a handful of answers; one with hundreds is not worth a square of them.
        guard rated.count <= 64 else { return }
        for (position, one) in rated.enumerated() {
            for other in rated[(position + 1)...] where other.model != one.model {
                let (winner, loser) = one.rating >= other.rating ? (one, other) : (other, one)
                Self.compare(winner.model, loser.model, isTie: one.rating == other.rating, in: &ratedModels)
            }
        }
    }

    private static func place(_ name: String, in models: OrderedDictionary<String, Record>) -> String {
        models[name] != nil || models.count < modelLimit ? name : "(others)"
    }

    private static func rate(
        _ name: String, _ rating: Double?, in models: inout OrderedDictionary<String, Record>
    ) {
        let name = place(name, in: models)
        var record = models[name] ?? Record(model: .init(name: name))
        if let rating, rating.isFinite {
            record.model.ratedCount += 1
            record.ratingSum += rating
        }
        models[name] = record
    }

    private static func compare(
        _ winner: String, _ loser: String, isTie: Bool, in models: inout OrderedDictionary<String, Record>
    ) {
        let (winner, loser) = (place(winner, in: models), place(loser, in: models))
        if isTie {
            models[winner]?.model.ties += 1
            models[loser]?.model.ties += 1
        } else {
            models[winner]?.model.wins += 1
            models[loser]?.model.losses += 1
        }
    }

    /// The text of an answer: itself, or the last turn of a conversation.
    private static func answer(_ value: Value) -> String? { value.stringValue ?? Turn.turns(of: value)?.last?.content }

    func finished() -> PreferenceStatistics {
        var result = statistics
        result.margin = margin.finished()
        result.chosenCharacters = chosenCharacters.finished()
        result.rejectedCharacters = rejectedCharacters.finished()
        result.ratings = ratings.compactMap { name, sketch in
            sketch.finished().map { .init(column: name, distribution: $0) }
        }
        result.pairModels = Self.ranking(pairModels)
        result.ratedModels = Self.ranking(ratedModels)
        return result
    }

    private static func ranking(_ records: OrderedDictionary<String, Record>) -> [PreferenceStatistics.Model] {
        let models = records.values.map { record in
            var model = record.model
            if model.ratedCount > 0 { model.meanRating = record.ratingSum / Double(model.ratedCount) }
            return model
        }
        return models.sorted {
            let (left, right) = ($0.winShare ?? -1, $1.winShare ?? -1)
            return left != right ? left > right : $0.name < $1.name
        }
    }
}
