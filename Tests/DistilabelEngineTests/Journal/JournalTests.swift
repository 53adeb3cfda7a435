import DistilabelModels
import DistilabelValues
import Foundation
import Testing

@testable import DistilabelEngine

struct JournalTests {
    private let folder = NSTemporaryDirectory() + "journal-\(UUID().uuidString)"

    private func key(_ text: String, step: String = "ask", occurrence: UInt64 = 1) -> AnswerKey {
        AnswerKey(step: step, request: RequestDigest(of: Array(text.utf8)), occurrence: occurrence)
    }

    private func answered(_ text: String?, cost: Int? = nil) -> JournalEntry {
        let response = GenerationResponse(
            generations: [Generation(text: text, finishReason: .length, logprobs: [["a": 0.5]])],
            usage: [Usage(inputTokens: 3, outputTokens: 4)])
        return JournalEntry(outcome: .answered(response), model: "m", started: 1.5, seconds: 2.5, cost: cost)
    }

    private func text(_ found: (id: Int64, entry: JournalEntry)?) -> String? {
        guard case .answered(let response)? = found?.entry.outcome else { return nil }
        return response.generations.first?.text
    }

    /// Opens the journal, lets `body` use it and closes it.
    @discardableResult
    private func with<Result>(
        _ mode: Journal.Mode = .resume, anew: Bool = false, _ body: (Journal) async throws -> Result
    ) async throws -> Result {
        let journal = try Journal(folder: folder, mode: mode, startsAnew: anew)
        let result = try await body(journal)
        journal.close(state: .finished, summary: "{}")
        return result
    }

    @Test func givesBackAllThatAnAnswerSaid() async throws {
        let entry = answered("grüß\u{0} dich 🐢", cost: 77)
        try await with { _ = try await $0.keep(entry, for: key("q")) }
        let found = try await with { try await $0.entry(for: key("q")) }?.entry
        guard case .answered(let response)? = found?.outcome, case .answered(let kept) = entry.outcome else {
            Issue.record("no answer")
            return
        }
        #expect(response == kept)
        #expect(found?.cost == 77 && found?.model == "m" && found?.started == 1.5 && found?.seconds == 2.5)
    }

    @Test func tellsStepsRequestsAndOccurrencesApart() async throws {
        try await with { journal async throws in
            for (text, step, occurrence) in [("q", "a", 1), ("q", "b", 1), ("r", "a", 1), ("q", "a", 2)] {
                _ = try await journal.keep(
                    answered("\(text)\(step)\(occurrence)"),
                    for: key(text, step: step, occurrence: UInt64(occurrence)))
            }
        }
        try await with { journal async throws in
            #expect(try await text(journal.entry(for: key("q", step: "b"))) == "qb1")
            #expect(try await text(journal.entry(for: key("q", step: "a", occurrence: 2))) == "qa2")
            #expect(try await text(journal.entry(for: key("r", step: "a"))) == "ra1")
            #expect(try await journal.entry(for: key("r", step: "b")) == nil)
        }
    }

    @Test func givesAnAnswerWhoseRowIsGoneToAnotherOfTheSameRequestOnce() async throws {
        try await with { journal async throws in
            _ = try await journal.keep(answered("first"), for: key("q", occurrence: 1))
            _ = try await journal.keep(answered("second"), for: key("q", occurrence: 2))
        }
        try await with { journal async throws in
            #expect(try await text(journal.entry(for: key("q", occurrence: 2))) == "second")
            #expect(try await text(journal.entry(for: key("q", occurrence: 9))) == "first")
            #expect(try await journal.entry(for: key("q", occurrence: 10)) == nil)
        }
        // It stays with the row that took it.
        try await with { journal async throws in
            #expect(try await text(journal.entry(for: key("q", occurrence: 9))) == "first")
        }
    }

    @Test func asksAgainOnlyWhatFailedWhenToldTo() async throws {
        let failure = JournalEntry(
            outcome: .failed(LanguageModelError(code: .contentFilter, message: "withheld")), model: "m", started: 0,
            seconds: 0)
        try await with { journal async throws in
            _ = try await journal.keep(answered("good"), for: key("good"))
            let bad = try await journal.keep(answered("gibberish"), for: key("unreadable"))
            try await journal.mark([bad], unusable: "no rating")
            _ = try await journal.keep(failure, for: key("failed"))
        }
        try await with { journal async throws in
            guard case .failed(let error)? = try await journal.entry(for: key("failed"))?.entry.outcome else {
                Issue.record("the failure is gone")
                return
            }
            #expect(error.code == .contentFilter && error.message == "withheld" && !error.isForAllRows)
            #expect(try await text(journal.entry(for: key("unreadable"))) == "gibberish")
        }
        try await with(.retryFailed) { journal async throws in
            #expect(try await text(journal.entry(for: key("good"))) == "good")
            #expect(try await journal.entry(for: key("failed")) == nil)
            #expect(try await journal.entry(for: key("unreadable")) == nil)
            _ = try await journal.keep(answered("better"), for: key("failed"))
        }
        try await with { journal async throws in #expect(try await text(journal.entry(for: key("failed"))) == "better")
        }
    }

    @Test func saysWhatAReplayLacks() async throws {
        #expect { try Journal(folder: folder, mode: .replay) } throws: { ($0 as? JournalError)?.code == .missing }
        try await with { _ = try await $0.keep(answered("yes"), for: key("q")) }
        try await with(.replay) { journal async throws in
            #expect(try await text(journal.entry(for: key("q"))) == "yes")
            await #expect { try await journal.entry(for: key("other")) } throws: {
                ($0 as? JournalError)?.code == .missing
            }
        }
    }

    @Test func refusesASecondRunAtOnce() async throws {
        try await with { _ -> Void in
            #expect { try Journal(folder: folder) } throws: { error in
                let error = error as? JournalError
                return error?.code == .inUse
                    && error?.message.contains("\(ProcessInfo.processInfo.processIdentifier)") == true
            }
        }
        try await with { _ in }
    }

    @Test func isFreeAgainThoughAChildProcessStillHasItsDescriptors() async throws {
        let lock = try JournalLock(folder: created())
        // What a child has between its birth and its program: copies of all descriptors.
        let copies = (3..<256).map { dup(Int32($0)) }.filter { $0 >= 0 }
        defer { for copy in copies { close(copy) } }
        lock.release()
        try JournalLock(folder: folder).release()
    }

    private func created() throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    @Test(arguments: ["garbage", "", "SQLite format 3\u{0}then nothing"])
    func setsAFileAsideThatIsNoJournal(_ content: String) async throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = folder + "/" + Journal.fileName
        try content.write(toFile: path, atomically: true, encoding: .utf8)
        let notice = try await with { journal async throws in
            _ = try await journal.keep(answered("yes"), for: key("q"))
            return journal.notice
        }
        // An empty file is an empty database.
        if content.isEmpty {
            #expect(notice == nil)
        } else {
            #expect(notice?.contains(path + ".1") == true, "\(notice ?? "nil")")
            #expect(try String(contentsOfFile: path + ".1", encoding: .utf8) == content)
        }
        try await with { journal async throws in #expect(try await text(journal.entry(for: key("q"))) == "yes") }
    }

    @Test func setsAJournalAsideThatWasDamagedWhileItsRunWasCutOff() async throws {
        do {
            let journal = try Journal(folder: folder)
            for number in 0..<400 { _ = try await journal.keep(answered("answer \(number)"), for: key("\(number)")) }
            // As a kill leaves it: nobody closes it.
            withExtendedLifetime(journal) {}
        }
        let path = folder + "/" + Journal.fileName
        // The last connection writes the log into the file and removes it, a moment after nobody holds it any more.
        while FileManager.default.fileExists(atPath: path + "-wal") { try await Task.sleep(for: .milliseconds(5)) }
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        try #require(bytes.count > 20_000)
        for index in 8192..<16_384 { bytes[index] = 0xA5 }
        try Data(bytes).write(to: URL(filePath: path))
        let notice = try await with { $0.notice }
        #expect(notice?.contains("damaged") == true, "\(notice ?? "nil")")
    }

    @Test func startsAnewWithoutLosingWhatWasThere() async throws {
        try await with { _ = try await $0.keep(answered("old"), for: key("q")) }
        try await with(anew: true) { journal async throws in
            #expect(try await journal.entry(for: key("q")) == nil)
            #expect(journal.notice?.contains(".1") == true)
        }
        #expect(FileManager.default.fileExists(atPath: folder + "/" + Journal.fileName + ".1"))
    }

    @Test func keepsWhatManyTasksKeepAtOnce() async throws {
        try await with { journal async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<2000 {
                    group.addTask { _ = try await journal.keep(answered("\(number)"), for: key("\(number)")) }
                }
                try await group.waitForAll()
            }
        }
        try await with { journal async throws in
            #expect(journal.totals["ask"]?.calls == 2000)
            #expect(journal.totals["ask"]?.outputTokens == 8000)
            #expect(journal.totals["ask"]?.unpriced == 2000)
            for number in stride(from: 0, to: 2000, by: 97) {
                #expect(try await text(journal.entry(for: key("\(number)"))) == "\(number)")
            }
        }
    }

    @Test func tellsHowRunsEnded() async throws {
        try await with { _ in }
        do {
            let journal = try Journal(folder: folder, command: #"{"config": "x"}"#)
            journal.close(state: .stopped, summary: #"{"calls": 1}"#)
        }
        let contents = try #require(try Journal.contents(of: folder))
        #expect(contents.runs.map(\.state) == [.finished, .stopped])
        #expect(contents.runs.last?.command == #"{"config": "x"}"#)
        #expect(try Journal.contents(of: folder + "/nothing") == nil)
    }
}
