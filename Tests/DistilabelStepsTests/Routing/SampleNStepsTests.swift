import DistilabelPipeline
import DistilabelSteps
import Testing

struct SampleNStepsTests {
    private let steps = ["a", "b", "c", "d"]

    @Test(arguments: 1...4) func drawsSoManyDifferentSteps(_ count: Int) throws {
        for number in 0..<50 {
            let drawn = try SampleNSteps(count).steps(for: RoutedBatch(number: number, seed: UInt64(number)), of: steps)
            #expect(drawn.count == count && Set(drawn).count == count && drawn == steps.filter(drawn.contains))
        }
    }

    @Test func drawsEachStepAboutAsOften() throws {
        var counts: [String: Int] = [:]
        for number in 0..<4000 {
            for step in try SampleNSteps(1).steps(for: RoutedBatch(number: number, seed: UInt64(number)), of: steps) {
                counts[step, default: 0] += 1
            }
        }
        #expect(steps.allSatisfy { (900...1100).contains(counts[$0] ?? 0) }, "\(counts)")
    }

    @Test(arguments: [(0, false), (1, true), (4, true), (5, false)]) func refusesMoreThanThereAre(
        _ n: Int, _ isFine: Bool
    ) {
        #expect(SampleNSteps(n).problems(successors: 4).isEmpty == isFine)
    }
}
