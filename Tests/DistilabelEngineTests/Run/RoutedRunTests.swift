import DistilabelModels
import DistilabelPipeline
import DistilabelTesting
import DistilabelValues
import Synchronization
import Testing

@testable import DistilabelEngine

/// A model that tells when it is loaded and given back.
private struct HeavyLLM: LanguageModel {
    var name: String
    var structuredOutput: StructuredOutput?
    private var tell: @Sendable (String) -> Void = { _ in }
    private enum CodingKeys: CodingKey { case name, structuredOutput }
    init(name: String, tell: @escaping @Sendable (String) -> Void) {
        self.name = name
        self.tell = tell
    }
    static let defaults = HeavyLLM(name: "heavy") { _ in }
    var modelName: String { name }
    func load(_ resources: RunResources) async throws -> any LoadedLanguageModel {
        let scripted = ScriptedLLM(name: name, text: { _ in "yes" })
        return try await resources.shared("heavy \(name)") { [name, tell] in
            tell("\(name) loaded")
            return try await scripted.load(resources)
        } close: { [name, tell] _ in
            tell("\(name) given back")
        }
    }
}

/// Asks the model anything.
private struct Asking: LLMTask {
    var llm: LLM
    var settings = TaskSettings()
    init(llm: LLM) { self.llm = llm }
    static var defaults: Asking { Asking(llm: LLM(ScriptedLLM.defaults)) }
    var inputs: [InputColumn] { ["id"] }
    var outputs: [String] { ["said", "model_name"] }
    func prompt(for row: Row) throws -> Prompt { Prompt([.user("?")]) }
    func parse(_ text: String?, for row: Row) throws -> Value.Object { ["said": text.map(Value.string) ?? .null] }
}

@Suite(.timeLimit(.minutes(10)))
struct RoutedRunTests {
    private func ids(_ rows: [Row]?) -> [Int?] { (rows ?? []).map { $0["id"]?.intValue } }

    /// Batches of 50 in turn.
    private var inTurn: RoutingClosure { RoutingClosure { batch, steps in [steps[batch.number % steps.count]] } }

    @Test func sendsABatchWhereTheFunctionSays() async throws {
        let pipeline = try Pipeline("routed") {
            Count(rows: 120).named("load") >>> inTurn >>> [Pass(slowEvery: 7).named("a"), Pass().named("b")]
        }
        let rows = try await run(pipeline).rows
        #expect(ids(rows["a"]) == Array(0..<50) + Array(100..<120))
        #expect(ids(rows["b"]) == Array(50..<100))
    }

    @Test func joinsOnlyTheBranchesThatHadTheRow() async throws {
        let pipeline = try Pipeline("routed") {
            Count(rows: 151).named("load")
                >>> RoutingClosure { batch, steps in batch.number == 1 ? [steps[2], steps[0]] : [steps[1]] }
                >>> [Pass(slowEvery: 5).named("a", replicas: 4), Pass().named("b"), Pass().named("c")]
                >>> Meet().named("meet")
        }
        let rows = try await run(pipeline).rows["meet"] ?? []
        let expected: [Value] = (0..<151).map { (50..<100).contains($0) ? [.int($0), .int($0)] : [.int($0)] }
        #expect(rows.map { $0["ids"] ?? .null } == expected)
    }

    @Test func routesBehindAStepThatDropsAndMultiplies() async throws {
        let pipeline = try Pipeline("routed") {
            Count(rows: 8) >>> Multiply().named("multiply", inputBatchSize: 2) >>> inTurn >>> [
                Pass().named("a"), Pass().named("b"),
            ]
                >>> Meet().named("meet")
        }
        let rows = try await run(pipeline).rows["meet"] ?? []
        #expect(rows.map { $0["ids"] ?? .null } == (0..<8).flatMap { id in (0..<id).map { _ in [.int(id)] } })
        let leaves = try Pipeline("routed") {
            Count(rows: 8) >>> Multiply().named("multiply", inputBatchSize: 2) >>> inTurn
                >>> [Pass().named("a"), Pass().named("b")]
        }
        let apart = try await run(leaves).rows
        #expect(ids(apart["a"]) == [0, 1, 4, 5].flatMap { Array(repeating: $0, count: $0) })
        #expect(ids(apart["b"]) == [2, 3, 6, 7].flatMap { Array(repeating: $0, count: $0) })
    }

    @Test func endsWhereTheFunctionNamesAStrangerOrNobody() async throws {
        for answer in [[], ["c"]] as [[String]] {
            let pipeline = try Pipeline("routed") {
                Count(rows: 3).named("load") >>> RoutingClosure { _, _ in answer } >>> [
                    Pass().named("a"), Pass().named("b"),
                ]
            }
            await #expect { _ = try await run(pipeline) } throws: {
                "\($0)".contains("it must name at least one of 'a', 'b'")
            }
        }
    }

    @Test(arguments: [
        LoadGroups.sequential, .groups([["a"]]), .groups([["meet"], ["a", "b"]]), .groups([["load"]]),
    ])
    func stagesMakeTheSameRows(_ groups: LoadGroups) async throws {
        var options = RunOptions()
        options.loadGroups = groups
        options.window = 8
        options.channelCapacity = 2
        let pipeline = try Pipeline("stages") {
            Count(rows: 300).named("load") >>> [Pass(slowEvery: 50).named("a", replicas: 4), Even().named("b")]
                >>> Meet().named("meet")
        }
        let together = try await run(pipeline).rows["meet"]
        #expect(try await run(pipeline, options: options).rows["meet"] == together)
        #expect(together?.count == 300)
    }

    @Test func aStageGivesItsModelBackBeforeTheNextIsLoaded() async throws {
        let events = Mutex<[String]>([])
        func model(_ name: String) -> HeavyLLM {
            HeavyLLM(name: name) { event in events.withLock { $0.append(event) } }
        }
        var options = RunOptions()
        options.loadGroups = .sequential
        let pipeline = try Pipeline("stages") {
            Count(rows: 3).named("load") >>> Asking(llm: LLM(model("one"))).named("a")
                >>> Asking(llm: LLM(model("two"))).named("b")
        }
        #expect(try await run(pipeline, options: options).rows["b"]?.count == 3)
        #expect(events.withLock { $0 } == ["one loaded", "one given back", "two loaded", "two given back"])
    }

    @Test func aStageBeginsWhenTheOneBeforeHasEnded() async throws {
        var options = RunOptions()
        options.loadGroups = .groups([["b"]])
        let pipeline = try Pipeline("stages") {
            Count(rows: 100).named("load") >>> Pass(slowEvery: 10).named("a") >>> Pass().named("b")
        }
        let steps = Mutex<[String]>([])
        _ = try await run(pipeline, options: options) { event in
            if case .received(let step, _) = event { steps.withLock { $0.append(step) } }
        }
        let received = steps.withLock { $0 }
        let lastOfA = received.lastIndex(of: "a") ?? -1
        #expect(lastOfA >= 0 && (received.firstIndex(of: "b") ?? -1) > lastOfA)
    }
}
