internal import DistilabelModels
internal import GRDB
internal import Synchronization

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The answers of the models of a pipeline's runs, each on the disk before anybody uses it.
///
/// One folder a pipeline, with an SQLite database in it (`journal.sqlite`, write-ahead log). A run that was killed is run again: what
/// is in the journal is not asked again. One run at a time may use it.
///
/// With `synchronous = NORMAL` an answer outlives the process however that ends; a machine that loses its power may lose the answers of the
/// last moments, unless `isDurable` waits for the disk at each commit.
public final class Journal: Sendable {
    /// Where it lies.
    public let folder: String
    /// What was done to an older file that could not be used; nil where there was none.
    public let notice: String?
    /// The number of this run.
    public let run: Int
    /// What all answers took that were there when it was opened, by step.
    public let totals: [String: JournalTotals]
    private let queue: DatabaseQueue
    private let batcher: JournalBatcher
    private let lock: JournalLock
    let mode: Mode
    private let used = UsedAnswers()

    /// What a run makes of earlier answers.
    public enum Mode: Sendable, Hashable {
        /// They are used; a failure that may have passed is asked again.
        case resume
        /// They are used but for failures, which are asked again.
        case retryFailed
        /// Nothing but them is used.
        case replay
    }

    /// The database's name in the folder.
    public static let fileName = "journal.sqlite"

    /// Opens a journal, or begins one.
    ///
    /// - Parameters:
    ///   - folder: Where it lies; made where it is missing.
    ///   - command: What is run, as JSON, for whoever lists runs.
    ///   - mode: What becomes of earlier answers.
    ///   - startsAnew: Whether earlier answers are set aside.
    ///   - isDurable: Whether each commit waits for the disk.
    /// - Throws: `JournalError`.
    public init(
        folder: String, command: String = "{}", mode: Mode = .resume, startsAnew: Bool = false, isDurable: Bool = false
    ) throws {
        self.folder = folder
        self.mode = mode
        let path = folder + "/" + Self.fileName
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw JournalError(
                .notWritable,
                "the folder \(folder), which keeps the models' answers, cannot be made; give another one with --cache-dir",
                cause: error)
        }
        lock = try JournalLock(folder: folder)
        let exists = FileManager.default.fileExists(atPath: path)
        if mode == .replay, !exists {
            throw JournalError(
                .missing, "there are no answers in \(folder) to run from; run the pipeline without --replay first")
        }
        var notice: String?
        if startsAnew, exists { notice = "earlier answers were set aside as \(try JournalAside.move(path))" }
        let opened: DatabaseQueue
        do {
            let (queue, fault) = try Self.open(path, isDurable: isDurable)
            if let fault {
                try queue?.close()
                let aside = try JournalAside.move(path)
                notice = "\(path) cannot be used: \(fault); it was set aside as \(aside), and a new one begins"
                guard let fresh = try Self.open(path, isDurable: isDurable).queue else {
                    throw JournalError(.unreadable, "\(path) cannot be opened")
                }
                opened = fresh
            } else if let queue {
                opened = queue
            } else {
                throw JournalError(.unreadable, "\(path) cannot be opened")
            }
            let time = Date().timeIntervalSince1970
            let process = Int(ProcessInfo.processInfo.processIdentifier)
            (run, totals) = try opened.writeWithoutTransaction { database in
                let totals = try JournalFile.totals(database)
                return (Int(try JournalFile.begin(command, at: time, process: process, database)), totals)
            }
        } catch {
            throw Self.reading(error, path: path)
        }
        queue = opened
        batcher = JournalBatcher(opened)
        self.notice = notice
    }

    /// Opens the file; a fault is what makes it useless.
    private static func open(_ path: String, isDurable: Bool) throws -> (queue: DatabaseQueue?, fault: String?) {
        do {
            let queue = try DatabaseQueue(
                path: path, configuration: JournalFile.configuration(isDurable: isDurable))
            return (queue, try queue.writeWithoutTransaction { try JournalFile.prepare($0) })
        } catch let error as DatabaseError
            where [.SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_ERROR].contains(error.resultCode)
        {
            return (nil, "it is damaged (\(error.message ?? "\(error.resultCode)"))")
        }
    }

    /// Whether nothing was there when it was opened, so that nothing need be looked up.
    private var isNew: Bool { totals.isEmpty }

    /// What became of a request before; nil where it must be asked.
    ///
    /// - Returns: The entry and its number.
    /// - Throws: `JournalError`.
    public func entry(for key: AnswerKey) async throws -> (id: Int64, entry: JournalEntry)? {
        if isNew { return nil }
        let run = Int64(run)
        let skipped = mode.skipped
        let found = try await perform { [used] database in
            // Within the transaction, so that two rows never take the same answer.
            try used.ids.withLock { used in
                let found = try JournalFile.find(
                    key, run: run, skipped: skipped, isUsed: { used.contains($0) }, database)
                if let found { used.insert(found.id) }
                return found
            }
        }
        guard let found else {
            if mode == .replay {
                throw JournalError(
                    .missing,
                    "an answer to step '\(key.step)' is not in \(folder): the pipeline or its rows have changed; run it without --replay"
                )
            }
            return nil
        }
        do {
            let outcome = try JournalCoding.outcome(of: found.outcome, isFailure: found.isFailure)
            return (
                found.id,
                JournalEntry(
                    outcome: outcome, model: found.model, started: found.started, seconds: found.seconds,
                    cost: found.cost)
            )
        } catch {
            throw JournalError(.unreadable, "answer \(found.id) in \(folder) is damaged: \(error)", cause: error)
        }
    }

    /// Keeps what came of a request; returns when it is safe.
    ///
    /// - Returns: Its number.
    /// - Throws: `JournalError`.
    public func keep(_ entry: JournalEntry, for key: AnswerKey) async throws -> Int64 {
        var finish: String?
        if case .answered(let response) = entry.outcome {
            finish = response.generations.first?.finishReason?.word
        }
        let record = JournalFile.Record(
            state: entry.state,
            outcome: JournalCoding.text(of: entry.outcome), model: entry.model, inputTokens: entry.usage.inputTokens,
            outputTokens: entry.usage.outputTokens, cost: entry.cost, finishReason: finish, started: entry.started,
            seconds: entry.seconds)
        let run = Int64(run)
        let isNew = isNew
        // Noted as used within the transaction, or a row with the same question could take it in the next one.
        let id = try await perform { [used] database in
            let id = try JournalFile.insert(key, record, run: run, database)
            if !isNew { used.ids.withLock { _ = $0.insert(id) } }
            return id
        }
        return id
    }

    /// Notes that a step could make nothing of answers, so that `retryFailed` asks again.
    ///
    /// - Throws: `JournalError`.
    public func mark(_ ids: [Int64], unusable reason: String) async throws {
        if mode == .replay { return }
        try await perform { try JournalFile.mark(ids, reason: reason, $0) }
    }

    /// Notes how the run ended, and lets others use the journal.
    public func close(state: RunRecord.State, summary: String) {
        let run = Int64(run)
        let time = Date().timeIntervalSince1970
        // What cannot be noted here is found out by the next run: this one does not stand as ended then.
        try? queue.writeWithoutTransaction { database in
            try JournalFile.end(run, state: state.rawValue, summary: summary, at: time, database)
            _ = try? database.checkpoint(.truncate)
        }
        try? queue.close()
        lock.release()
    }

    private func perform<Result: Sendable>(_ body: @escaping @Sendable (Database) throws -> Result) async throws
        -> Result
    {
        do {
            return try await batcher.perform(body)
        } catch {
            throw Self.reading(error, path: folder + "/" + Self.fileName)
        }
    }

    /// SQLite's errors in our words.
    static func reading(_ error: any Error, path: String) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        switch error.resultCode {
        case .SQLITE_FULL:
            return JournalError(
                .diskFull,
                "the disk is full: \(path) cannot take more answers; make room and run again, all that was answered is kept",
                cause: error)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_IOERR, .SQLITE_AUTH:
            return JournalError(
                .notWritable,
                "\(path) cannot be written (\(error.message ?? "\(error.resultCode)")); check the folder and the disk",
                cause: error)
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            return JournalError(
                .unreadable, "\(path) is damaged; run again: it will be set aside and a new one begun", cause: error)
        default:
            return JournalError(.unreadable, "\(path): \(error.message ?? "\(error.resultCode)")", cause: error)
        }
    }

    // MARK: - Looking without running

    /// What a journal says of its runs and answers, without taking it; nil where there is none.
    ///
    /// - Throws: `JournalError`.
    public static func contents(of folder: String) throws -> (runs: [RunRecord], totals: [String: JournalTotals])? {
        let path = folder + "/" + fileName
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(2)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            defer { try? queue.close() }
            return try queue.writeWithoutTransaction { database in
                guard try Int.fetchOne(database, sql: "PRAGMA user_version") == JournalFile.version else {
                    throw JournalError(.unreadable, "\(path) is of another version of this program")
                }
                return (try JournalFile.runs(database), try JournalFile.totals(database))
            }
        } catch {
            throw reading(error, path: path)
        }
    }
}

extension Journal.Mode {
    /// What of earlier runs is asked again.
    fileprivate var skipped: Set<Int> {
        switch self {
        case .resume: Self.transient
        case .retryFailed: Self.failures
        case .replay: []
        }
    }

    private static let transient: Set = [JournalFile.State.transient.rawValue]
    private static let failures = Set([JournalFile.State.transient, .failed, .unusable].map(\.rawValue))
}

extension JournalEntry {
    /// How it stands in the file.
    fileprivate var state: JournalFile.State {
        switch outcome {
        case .answered: .answered
        case .failed(let error): error.recovery == .none ? .failed : .transient
        }
    }
}

/// The answers that rows of this run have.
private final class UsedAnswers: Sendable {
    let ids = Mutex<Set<Int64>>([])
}
