import DistilabelValues
import Testing

struct RatedPairTests {
    @Test(
        arguments: [
            (["a", "b"], [1, 2], 1, 0), (["a", "b", "c", "d"], [5, 1, 5, 1], 0, 1),
            ([nil, "b", "c"], [5, 2.5, 2], 1, 2),
            ([nil, "b", "c"], [nil, 1, 2], 2, 1),
        ] as [([Value], [Value], Int, Int)])
    func theFirstOfTheBestAndOfTheWorstArePicked(_ generations: [Value], _ ratings: [Value], _ best: Int, _ worst: Int)
        throws
    {
        let pair = try RatedPair(generations: generations, ratings: ratings)
        #expect(pair.best == best && pair.worst == worst)
    }

    @Test(
        arguments: [
            ([], [], "there are no generations"), (["a"], [1, 2], "there are 1 generations and 2 ratings"),
            (["a", "b"], [1, nil], "a rating is missing, so no answer can be preferred"),
            (["a", "b"], [1, .double(.nan)], "a rating is missing, so no answer can be preferred"),
            (["a", nil], [1, 2], "there is only one answer"), ([nil, nil], [1, 2], "all generations are null"),
            (["a", "b"], [2, 2.0], "all ratings are equal, so no answer can be preferred"),
        ] as [([Value], [Value], String)])
    func whereThereIsNoPairTheReasonIsGiven(_ generations: [Value], _ ratings: [Value], _ reason: String) {
        let error = #expect(throws: RatedPair.Refusal.self) {
            try RatedPair(generations: generations, ratings: ratings)
        }
        #expect(error?.description == reason)
    }
}
