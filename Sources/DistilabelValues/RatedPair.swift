/// The best and the worst of some rated answers: what makes a preference pair of them.
public struct RatedPair: Sendable, Hashable {
    /// Why there is no pair.
    public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// The reason, without a full stop.
        public var description: String

        init(_ reason: String) { description = reason }
    }

    /// The position of the first of the best-rated answers.
    public var best: Int
    /// The position of the first of the worst-rated answers.
    public var worst: Int

    /// Picks two answers.
    ///
    /// - Parameters:
    ///   - generations: The answers; one that is null was not given, and is neither.
    ///   - ratings: A number for each of them.
    /// - Throws: ``Refusal`` where there are not two answers, a rating is missing, or all are equal.
    public init(generations: [Value], ratings: [Value]) throws(Refusal) {
        guard !generations.isEmpty else { throw Refusal("there are no generations") }
        guard generations.count == ratings.count else {
            throw Refusal("there are \(generations.count) generations and \(ratings.count) ratings")
        }
        // A model that said nothing wrote no answer, whatever a judge thought of it.
        var rated: [(index: Int, rating: Double)] = []
        for index in generations.indices where !generations[index].isNull {
            guard let rating = ratings[index].doubleValue, !rating.isNaN else {
                throw Refusal("a rating is missing, so no answer can be preferred")
            }
            rated.append((index, rating))
        }
        guard rated.count > 1, var best = rated.first, var worst = rated.first else {
            throw Refusal(rated.isEmpty ? "all generations are null" : "there is only one answer")
        }
        for answer in rated {
            if answer.rating > best.rating { best = answer }
            if answer.rating < worst.rating { worst = answer }
        }
        guard best.rating > worst.rating else {
            throw Refusal("all ratings are equal, so no answer can be preferred")
        }
        self.best = best.index
        self.worst = worst.index
    }
}
