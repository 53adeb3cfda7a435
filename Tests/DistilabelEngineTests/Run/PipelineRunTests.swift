import DistilabelModels
import DistilabelPipeline
import DistilabelTesting
import DistilabelValues
import Synchronization
import Testing

@testable import DistilabelEngine

@Suite(.timeLimit(.minutes(10)))
struct PipelineRunTests {
    private func ids(_ rows: [Row]?) -> [Int?] { (rows ?? []).map { $0["id"]?.intValue } }

    @Test(arguments: [0, 1, 63, 64, 65, 5000]) func keepsTheOrderOfTheInput(count: Int) async throws {
        let pipeline = try Pipeline("order") {
            Count(rows: count) >>> Pass(slowEvery: 97).named("a", replicas: 8) >>> Pass().named("b")
        }
        let result = try await run(pipeline)
        #expect(ids(result.rows["b"]) == Array(0..<count))
        #expect(result.summary.steps.map(\.rowsOut) == [count, count, count])
    }

    @Test func keepsTheOrderBehindStepsThatMultiplyAndDrop() async throws {
        let pipeline = try Pipeline("multiply") {
            Count(rows: 6) >>> Multiply() >>> Pass(slowEvery: 2).named("slow", replicas: 16) >>> Even().named("even")
        }
        let rows = try await run(pipeline).rows["even"] ?? []
        #expect(rows.map { [$0["id"], $0["copy"]] } == [[2, 0], [2, 1], [4, 0], [4, 1], [4, 2], [4, 3]])
    }

    @Test func giveEachLeafItsRows() async throws {
        let load = Count(rows: 5).named("load")
        let pipeline = try Pipeline("leaves") { load >>> [Pass().named("a"), Even().named("b")] }
        let result = try await run(pipeline)
        #expect(ids(result.rows["a"]) == [0, 1, 2, 3, 4])
        #expect(ids(result.rows["b"]) == [0, 2, 4])
    }

    @Test func joinsBranchesRowByRowEvenWhereOneDroppedSome() async throws {
        let pipeline = try Pipeline("join") {
            Count(rows: 4) >>> [Pass(slowEvery: 2).named("a", replicas: 4), Even().named("b")] >>> Meet().named("meet")
        }
        let rows = try await run(pipeline).rows["meet"] ?? []
        #expect(rows.map { $0["ids"] } == [[0, 0], [1, .null], [2, 2], [3, .null]])
    }

    @Test func joinsSourcesByPosition() async throws {
        let pipeline = try Pipeline("sources") {
            [Count(rows: 3).named("a"), Count(rows: 2).named("b")] >>> Meet().named("meet")
        }
        let rows = try await run(pipeline).rows["meet"] ?? []
        #expect(rows.map { $0["ids"] } == [[0, 0], [1, 1], [2, .null]])
    }

    @Test func joinsABranchWithAGlobalStepByPositionWithoutWaitingForever() async throws {
        var options = RunOptions()
        options.window = 8
        options.channelCapacity = 2
        let load = Count(rows: 500).named("load")
        let pipeline = try Pipeline("global") {
            load >>> [Reverse().named("reverse"), Pass().named("pass")] >>> Meet().named("meet")
        }
        let rows = try await run(pipeline, options: options).rows["meet"] ?? []
        #expect(rows.map { $0["ids"] } == (0..<500).map { [.int(499 - $0), .int($0)] })
    }

    @Test func givesBatchesOfTheSizeAskedFor() async throws {
        let pipeline = try Pipeline("batches") {
            Count(rows: 10) >>> Pass(slowEvery: 3).named("p", replicas: 4) >>> BatchSize().named("b", inputBatchSize: 4)
        }
        let rows = try await run(pipeline).rows["b"] ?? []
        #expect(rows.map { $0["batch"] } == [4, 4, 4, 4, 4, 4, 4, 4, 2, 2])
        #expect(ids(rows) == Array(0..<10))
    }

    @Test func aRowThatFailsGoesOnWithNullsAndTheReason() async throws {
        let pipeline = try Pipeline("failure") { Count(rows: 6) >>> Even(failsOnFour: true).named("even") }
        let result = try await run(pipeline)
        let failed = try #require(result.rows["even"]?.first { $0["id"] == 4 })
        #expect(failed["even"] == .null)
        #expect(failed[Metadata.column]?["failure_even"] == "four is no good")
        #expect(result.summary.steps[1].failures == ["four is no good": 1])
    }

    @Test func letsAMappedColumnComeBackUnderItsName() async throws {
        let pipeline = try Pipeline("mapping") {
            Count(rows: 3).named("load", outputMappings: ["id": "number"])
                >>> Even().named("even", inputMappings: ["id": "number"], outputMappings: ["even": "is_even"])
        }
        let rows = try await run(pipeline).rows["even"] ?? []
        #expect(rows == [["number": 0, "is_even": true], ["number": 2, "is_even": true]])
    }

    @Test func asksAsManyAtOnceAsTheModelTakesAndNoMore() async throws {
        let flight = Mutex((now: 0, most: 0))
        let model = ScriptedLLM(concurrency: 7) { request -> String? in
            flight.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            try await Task.sleep(for: .milliseconds(2))
            flight.withLock { $0.now -= 1 }
            return request.messages.last?.text
        }
        let result = try await run(Pipeline("ask") { Count(rows: 100) >>> Ask(model).named("ask") })
        #expect((result.rows["ask"] ?? []).map { $0["said"] } == (0..<100).map { .string("\($0)") })
        #expect(flight.withLock { $0.most } == 7)
        #expect(result.summary.calls == 100)
    }

    @Test func aSlowRowHoldsUpOnlyItself() async throws {
        let seen = Mutex<[Int]>([])
        // The first row waits until the second task has seen the others; a batch that waited for it would wait for ever.
        let model = ScriptedLLM(concurrency: 16) { request -> String? in
            while request.messages.last?.text == "0", seen.withLock({ $0.count }) < 49 {
                try await Task.sleep(for: .milliseconds(5))
            }
            return request.messages.last?.text
        }
        let second = ScriptedLLM(concurrency: 16) { request -> String? in
            seen.withLock { $0.append(Int(request.messages.last?.text ?? "") ?? -1) }
            return "ok"
        }
        let pipeline = try Pipeline("slow") {
            Count(rows: 50) >>> Ask(model).named("first") >>> Ask(second).named("second")
        }
        let rows = try await run(pipeline).rows["second"] ?? []
        #expect(ids(rows) == Array(0..<50))
        #expect(seen.withLock { $0.last } == 0)
    }

    @Test func keepsWhatAModelSaidThatCannotBeParsed() async throws {
        let model = ScriptedLLM { request -> String? in request.messages.last?.text == "1" ? "gibberish" : "fine" }
        let result = try await run(Pipeline("parse") { Count(rows: 2) >>> Ask(model).named("ask") })
        let row = try #require(result.rows["ask"]?.last)
        #expect(row["said"] == .null)
        #expect(row["model_name"] == "scripted")
        #expect(row[Metadata.column]?["raw_output_ask"] == "gibberish")
        #expect(row[Metadata.column]?["failure_ask"] == "that is gibberish")
        #expect(result.summary.failedRows == 1)
    }

    @Test(arguments: [
        (FinishReason.length, "cut off at the model's limit of tokens"), (.contentFilter, "content filter"),
        (.stop, "that is gibberish"),
    ])
    func tellsAnAnswerThatWasCutOffFromOneThatCannotBeRead(_ reason: FinishReason, _ words: String) async throws {
        let model = ScriptedLLM(answering: { _ in
            GenerationResponse(generations: [Generation(text: "gibberish", finishReason: reason)])
        })
        let result = try await run(Pipeline("cut") { Count(rows: 1) >>> Ask(model).named("ask") })
        let failure = try #require(result.summary.steps[1].failures.keys.first)
        #expect(failure.contains(words) && failure.contains("gibberish"))
    }

    @Test func aFaultThatAllRowsShareEndsTheRun() async throws {
        let model = ScriptedLLM { _ -> String? in
            throw LanguageModelError(code: .unauthorized, message: "the key is refused")
        }
        let pipeline = try Pipeline("refused") { Count(rows: 1000) >>> Ask(model).named("ask") }
        await #expect { try await run(pipeline) } throws: { ($0 as? RunStop)?.step == "ask" }
    }

    @Test func aFaultOfOneRowIsThatRowsOnly() async throws {
        let model = ScriptedLLM { request -> String? in
            if request.messages.last?.text == "3" {
                throw LanguageModelError(code: .serverFailure, message: "it broke")
            }
            return "fine"
        }
        let result = try await run(Pipeline("one") { Count(rows: 6) >>> Ask(model).named("ask") })
        #expect((result.rows["ask"] ?? []).map { $0["said"] == .null } == [false, false, false, true, false, false])
        #expect(result.summary.steps[1].failures == ["it broke": 1])
    }

    @Test func makesSeveralRowsOfSeveralAnswers() async throws {
        let model = ScriptedLLM { _ -> String? in "yes" }
        let several = try await run(
            Pipeline("several") {
                Count(rows: 2) >>> Ask(model, settings: TaskSettings(numGenerations: 3)).named("ask")
            })
        #expect(ids(several.rows["ask"]) == [0, 0, 0, 1, 1, 1])
        let grouped = try await run(
            Pipeline("grouped") {
                Count(rows: 2)
                    >>> Ask(model, settings: TaskSettings(numGenerations: 3, groupGenerations: true)).named("ask")
            })
        #expect((grouped.rows["ask"] ?? []).map { $0["said"] } == [["yes", "yes", "yes"], ["yes", "yes", "yes"]])
    }

    @Test func keepsTheMetadataOfEarlierTasks() async throws {
        let model = ScriptedLLM { _ -> String? in "yes" }
        let rows =
            try await run(
                Pipeline("metadata") { Count(rows: 1) >>> Ask(model).named("a") >>> Ask(model).named("b") }
            ).rows["b"] ?? []
        let metadata = try #require(rows.first?[Metadata.column]?.objectValue)
        #expect(
            Set(metadata.keys) == [
                "raw_output_a", "raw_input_a", "statistics_a", "raw_output_b", "raw_input_b", "statistics_b",
            ])
    }

    @Test func stopsWhenItsTaskIsCancelled() async throws {
        let model = ScriptedLLM(concurrency: 4) { _ -> String? in
            try await Task.sleep(for: .seconds(60))
            return nil
        }
        let pipeline = try Pipeline("cancel") { Count(rows: 100_000) >>> Ask(model).named("ask") }
        let task = Task { try await run(pipeline) }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func aDryRunMakesSoManyRowsAndNoMore() async throws {
        var options = RunOptions()
        options.rowLimit = 2
        let result = try await run(Pipeline("dry") { Count(rows: 1000) >>> Pass().named("p") }, options: options)
        #expect(ids(result.rows["p"]) == [0, 1])
    }

    @Test func boundsHowFarRowsRunAheadOfTheSlowest() async throws {
        var options = RunOptions()
        options.window = 32
        let most = Mutex(0)
        let model = ScriptedLLM(concurrency: 1000) { request -> String? in
            let id = Int(request.messages.last?.text ?? "") ?? 0
            most.withLock { $0 = max($0, id) }
            if id == 0 {
                try await Task.sleep(for: .milliseconds(100))
                #expect(most.withLock { $0 } < 32)
            }
            return "x"
        }
        let result = try await run(
            Pipeline("window") { Count(rows: 500) >>> Ask(model).named("ask") }, options: options)
        #expect(result.rows["ask"]?.count == 500)
    }
}
