internal import GRDB

/// The tables of a journal and the questions asked of them; all on the database's own queue.
struct JournalFile {
    /// The number in `PRAGMA user_version`; another one is set aside.
    static let version = 1
    /// Tells a journal from other databases (`PRAGMA application_id`): "dstl".
    static let application = 0x6473_746C

    /// How an entry stands.
    enum State: Int {
        /// The model answered.
        case answered = 0
        /// It gave no answer.
        case failed = 1
        /// It answered, and the step could make nothing of it.
        case unusable = 2
        /// It gave no answer, for a reason that may have passed: a later run asks again.
        case transient = 3
    }

    static func configuration(isDurable: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.label = "distilabel.journal"
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            try database.execute(sql: "PRAGMA synchronous = \(isDurable ? "FULL" : "NORMAL")")
            // Keys come in no order, so their index wants to lie in memory; SQLite's 2 MB are soon full.
            try database.execute(sql: "PRAGMA cache_size = -16384")
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
        }
        return configuration
    }

    /// Makes the tables of a new file.
    ///
    /// - Returns: Nil when all is well, else why the file cannot be used.
    static func prepare(_ database: Database) throws -> String? {
        let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        if version == 0, application == 0, try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0 {
            try database.inTransaction(.immediate) {
                try database.execute(sql: schema)
                try database.execute(sql: "PRAGMA application_id = \(Self.application)")
                try database.execute(sql: "PRAGMA user_version = \(Self.version)")
                return .commit
            }
            return nil
        }
        if application != Self.application { return "it is no journal of distilabel" }
        if version != Self.version {
            return "it is of version \(version), and this program writes version \(Self.version)"
        }
        // A run that was cut off is the only way in which a file comes to harm; then it is worth a look.
        let wasCutOff = try Int.fetchOne(database, sql: "SELECT count(*) FROM runs WHERE ended IS NULL") ?? 0 > 0
        if wasCutOff, let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)"), verdict != "ok" {
            return "it is damaged (\(verdict))"
        }
        return nil
    }

    private static let schema = """
        CREATE TABLE answers (
            id INTEGER PRIMARY KEY, step TEXT NOT NULL, request_high INTEGER NOT NULL, request_low INTEGER NOT NULL,
            occurrence INTEGER NOT NULL, run INTEGER NOT NULL, state INTEGER NOT NULL, outcome TEXT NOT NULL, reason TEXT, model TEXT NOT NULL,
            input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cost INTEGER, finish_reason TEXT,
            started REAL NOT NULL, seconds REAL NOT NULL);
        CREATE UNIQUE INDEX answers_by_key ON answers (request_high, request_low, occurrence, step);
        CREATE TABLE runs (
            id INTEGER PRIMARY KEY, started REAL NOT NULL, ended REAL, state TEXT NOT NULL, process INTEGER NOT NULL,
            command TEXT NOT NULL, summary TEXT);
        """

    // MARK: - Answers

    /// An entry as it lies in the file.
    struct Found: Sendable {
        var id: Int64
        var isFailure: Bool
        var outcome: String
        var model: String
        var started: Double
        var seconds: Double
        var cost: Int?
    }

    /// The entry of a key; else one of the same request that nobody has used, which then belongs to the key.
    ///
    /// - Parameters:
    ///   - run: The run that looks.
    ///   - skipped: States of which entries of earlier runs are left out.
    ///   - isUsed: Whether an entry is another row's in this run.
    static func find(
        _ key: AnswerKey, run: Int64, skipped: Set<Int>, isUsed: (Int64) -> Bool, _ database: Database
    ) throws -> Found? {
        let (high, low) = key.request.integers
        let exact = try database.cachedStatement(
            sql: "SELECT * FROM answers WHERE request_high = ? AND request_low = ? AND occurrence = ? AND step = ?")
        let occurrence = Int64(bitPattern: key.occurrence)
        if let row = try Row.fetchOne(exact, arguments: [high, low, occurrence, key.step]) {
            let state: Int = row["state"]
            let writer: Int64 = row["run"]
            if writer < run, skipped.contains(state) { return nil }
            if !isUsed(row["id"]) { return found(row) }
        }
        let others = try database.cachedStatement(
            sql:
                "SELECT * FROM answers WHERE request_high = ? AND request_low = ? AND step = ? AND state = 0 ORDER BY id"
        )
        let rows = try Row.fetchCursor(others, arguments: [high, low, key.step])
        while let row = try rows.next() {
            let id: Int64 = row["id"]
            if isUsed(id) { continue }
            let found = found(row)
            try database.execute(
                sql: "UPDATE OR IGNORE answers SET occurrence = ? WHERE id = ?", arguments: [occurrence, id])
            return found
        }
        return nil
    }

    private static func found(_ row: Row) -> Found {
        Found(
            id: row["id"], isFailure: [State.failed.rawValue, State.transient.rawValue].contains(row["state"] as Int),
            outcome: row["outcome"], model: row["model"], started: row["started"], seconds: row["seconds"],
            cost: row["cost"])
    }

    /// Keeps an entry, in the place of one that was of no use.
    ///
    /// - Returns: Its number.
    static func insert(_ key: AnswerKey, _ record: Record, run: Int64, _ database: Database) throws -> Int64 {
        let statement = try database.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO answers (step, request_high, request_low, occurrence, run, state, outcome, model, input_tokens,
                    output_tokens, cost, finish_reason, started, seconds)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        let (high, low) = key.request.integers
        try statement.execute(arguments: [
            key.step, high, low, Int64(bitPattern: key.occurrence), run, record.state.rawValue, record.outcome,
            record.model, record.inputTokens, record.outputTokens, record.cost, record.finishReason, record.started,
            record.seconds,
        ])
        return database.lastInsertedRowID
    }

    /// An entry to be kept.
    struct Record: Sendable {
        var state: State
        var outcome: String
        var model: String
        var inputTokens: Int
        var outputTokens: Int
        var cost: Int?
        var finishReason: String?
        var started: Double
        var seconds: Double
    }

    /// Notes that a step could make nothing of some answers.
    static func mark(_ ids: [Int64], reason: String, _ database: Database) throws {
        let statement = try database.cachedStatement(sql: "UPDATE answers SET state = 2, reason = ? WHERE id = ?")
        for id in ids { try statement.execute(arguments: [reason, id]) }
    }

    // MARK: - Runs

    static func begin(_ command: String, at time: Double, process: Int, _ database: Database) throws -> Int64 {
        // Those that were killed could not say so themselves.
        try database.execute(sql: "UPDATE runs SET ended = started, state = 'killed' WHERE ended IS NULL")
        try database.execute(
            sql: "INSERT INTO runs (started, state, process, command) VALUES (?, 'running', ?, ?)",
            arguments: [time, process, command])
        return database.lastInsertedRowID
    }

    static func end(_ run: Int64, state: String, summary: String, at time: Double, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE runs SET ended = ?, state = ?, summary = ? WHERE id = ?",
            arguments: [time, state, summary, run])
    }

    static func runs(_ database: Database) throws -> [RunRecord] {
        try Row.fetchAll(database, sql: "SELECT * FROM runs ORDER BY id").map { row in
            RunRecord(
                number: Int(row["id"] as Int64), started: row["started"], ended: row["ended"],
                state: row["ended"] == nil ? .running : RunRecord.State(rawValue: row["state"]) ?? .killed,
                process: row["process"], command: row["command"], summary: row["summary"])
        }
    }

    /// What all entries took, by step.
    static func totals(_ database: Database) throws -> [String: JournalTotals] {
        var totals: [String: JournalTotals] = [:]
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT step, count(*) AS calls, sum(input_tokens) AS input, sum(output_tokens) AS output, sum(cost) AS cost,
                    sum(state != 0) AS failures,
                    sum(state IN (0, 2) AND cost IS NULL) AS unpriced FROM answers GROUP BY step
                """)
        while let row = try rows.next() {
            totals[row["step"]] = JournalTotals(
                calls: row["calls"], inputTokens: row["input"], outputTokens: row["output"], cost: row["cost"] ?? 0,
                failures: row["failures"], unpriced: row["unpriced"])
        }
        return totals
    }
}

extension RequestDigest {
    /// The two halves as SQLite takes them.
    fileprivate var integers: (Int64, Int64) { (Int64(bitPattern: high), Int64(bitPattern: low)) }
}
