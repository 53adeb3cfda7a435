/// What preference rows say: how answers are rated, which models win, and whether length wins.
public struct PreferenceStatistics: Sendable, Hashable {
    /// How a model fares against others.
    public struct Model: Sendable, Hashable {
        /// Its name.
        public var name: String
        /// How often its answer was the better one of two.
        public var wins = 0
        /// How often it was the worse one.
        public var losses = 0
        /// How often both were rated alike.
        public var ties = 0
        /// How many of its answers were rated; of chosen and rejected answers those with a rating.
        public var ratedCount = 0
        /// The mean of their ratings; nil where there are none.
        public var meanRating: Double?

        /// Wins, and half the ties, as a share of all comparisons with other models; nil where there are none.
        public var winShare: Double? {
            let all = wins + losses + ties
            return all > 0 ? (Double(wins) + Double(ties) / 2) / Double(all) : nil
        }
    }

    /// The ratings of a column.
    public struct Ratings: Sendable, Hashable {
        /// The column.
        public var column: String
        /// How they are spread.
        public var distribution: Distribution
    }

    /// Rows that have both a chosen and a rejected answer.
    public var pairCount = 0
    /// Rows that have the columns, but null in one of them.
    public var missingPairCount = 0
    /// Pairs whose answers are the same.
    public var equalPairCount = 0
    /// Pairs whose ratings are the same.
    public var tiedPairCount = 0
    /// Pairs of which both answers are of one model.
    public var sameModelCount = 0
    /// The rating of the chosen answer less that of the rejected one.
    public var margin: Distribution?
    /// The length of the chosen answers, in Unicode code points; of a conversation that of its last turn.
    public var chosenCharacters: Distribution?
    /// The length of the rejected answers.
    public var rejectedCharacters: Distribution?
    /// Pairs whose chosen answer is the longer one.
    public var chosenLongerCount = 0
    /// Pairs whose answers are equally long.
    public var sameLengthCount = 0
    /// The ratings of each column that has them: `ratings`, `chosen_rating`, `rejected_rating`, `rating`, `score`, `scores`.
    public var ratings: [Ratings] = []
    /// How models fare in the pairs, by `chosen_model` and `rejected_model`; the best first.
    public var pairModels: [Model] = []
    /// How models fare by `ratings` and `generation_models` (or `model_names`, `models`): each rated answer of a row against
    /// each other; the best first.
    public var ratedModels: [Model] = []

    /// Whether there is nothing to tell.
    public var isEmpty: Bool { pairCount == 0 && missingPairCount == 0 && ratings.isEmpty && ratedModels.isEmpty }
}
