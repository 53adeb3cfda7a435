import DistilabelModels
import DistilabelPipeline
import DistilabelTesting
import DistilabelValues
import Testing

@testable import DistilabelEngine

/// Makes some rows and then throws.
private struct Breaking: GeneratorStep {
    var rows = 3
    static let defaults = Breaking()
    var outputs: [String] { ["id"] }
    func generate(in context: StepContext, emit: (Row) async throws -> Void) async throws {
        for id in 0..<rows { try await emit(["id": .int(id)]) }
        throw RowFailure("the source broke off")
    }
}

/// Keeps the first so many rows.
private struct First: RowStep {
    var count = 50
    static let defaults = First()
    var inputs: [InputColumn] { ["id"] }
    var outputs: [String] { [] }
    func process(_ row: Row, in context: StepContext) async throws -> [Row] {
        (row["id"]?.intValue ?? 0) < count ? [row] : []
    }
}

/// Runs in which Python's distilabel waits for ever: here each ends.
@Suite(.timeLimit(.minutes(5)))
struct EndingTests {
    private func ids(_ rows: [Row]?) -> [Int?] { (rows ?? []).map { $0["id"]?.intValue } }

    @Test(arguments: [0, 1, 50, 51, 100]) func anEmptyLastBatchEndsLikeAnyOther(_ kept: Int) async throws {
        let pipeline = try Pipeline("p") {
            Count(rows: 100) >>> First(count: kept) >>> BatchSize().named("batch") >>> Reverse().named("reverse")
        }
        let rows = try await run(pipeline).rows["reverse"]
        #expect(ids(rows) == (0..<kept).reversed())
    }

    @Test(arguments: [0, 1, 70]) func branchesOfUnequalLengthMeet(_ kept: Int) async throws {
        let pipeline = try Pipeline("p") {
            Count(rows: 100).named("load") >>> [Pass(slowEvery: 30).named("a"), First(count: kept).named("b")]
                >>> Meet().named("meet")
        }
        let rows = try await run(pipeline).rows["meet"] ?? []
        #expect(rows.map { $0["ids"] ?? .null } == (0..<100).map { [.int($0), $0 < kept ? .int($0) : .null] })
    }

    @Test(arguments: [0, 3, 5000]) func aGeneratorThatThrowsEndsTheRun(_ rows: Int) async throws {
        let pipeline = try Pipeline("p") {
            Breaking(rows: rows).named("load") >>> [Pass(slowEvery: 100).named("a"), Pass().named("b")]
                >>> Meet().named("meet") >>> Reverse().named("reverse")
        }
        await #expect { _ = try await run(pipeline) } throws: { "\($0)".contains("the source broke off") }
    }

    @Test func aRunBehindADryRunMakesAllRows() async throws {
        let pipeline = try Pipeline("p") { Count(rows: 120) >>> Pass().named("pass") }
        var dry = RunOptions()
        dry.rowLimit = 1
        dry.isTrial = true
        #expect(try await run(pipeline, options: dry).rows["pass"]?.count == 1)
        #expect(try await ids(run(pipeline).rows["pass"]) == Array(0..<120))
    }
}
