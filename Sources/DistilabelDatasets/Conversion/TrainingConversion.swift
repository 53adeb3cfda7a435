internal import DistilabelValues

/// Turns rows of distilabel into the rows that a trainer reads.
///
///     let conversion = TrainingConversion(to: .trl)
///     let report = try conversion.convert(try Distiset.load(from: "out/math"), to: try OutputDirectory("out/trl"))
///
/// It reads the columns that the formatting steps make (`prompt`, `chosen`, `rejected`, `messages`), raw ones (`instruction`,
/// `generations`, `ratings`, `generation`), and every ``TrainingForm``. A row without what the form needs is left out and
/// counted with the reason; nothing is made up.
public struct TrainingConversion: Sendable, Hashable {
    /// The form to make.
    public var form: TrainingForm
    /// Whether prompts and answers are texts rather than conversations; false unless told otherwise.
    public var isPlain: Bool
    /// Columns that are taken along behind those of the form; none unless told otherwise.
    public var keptColumns: [String]

    /// Chooses a form.
    ///
    /// - Throws: `DatasetError` where the form has no plain texts, or has a column of a kept one's name.
    public init(to form: TrainingForm, isPlain: Bool = false, keptColumns: [String] = []) throws {
        if isPlain, !form.canBePlain {
            throw DatasetError(.usage, "the form '\(form.rawValue)' has no plain variant; leave out --plain")
        }
        if let taken = keptColumns.first(where: { form.columns(isPlain: isPlain).contains($0) }) {
            throw DatasetError(
                .usage, "'\(taken)' is a column of the form '\(form.rawValue)' and cannot be kept as well")
        }
        self.form = form
        self.isPlain = isPlain
        self.keptColumns = keptColumns
    }

    /// The columns that are made.
    public var columns: [String] { form.columns(isPlain: isPlain) + keptColumns }

    /// What became of the rows of a split.
    public struct Report: Sendable, Hashable {
        /// The configuration.
        public var configuration: String
        /// The split.
        public var split: String
        /// How many rows were read.
        public var readCount = 0
        /// How many rows were written.
        public var writtenCount = 0
        /// How many rows were left out, by reason, the most frequent first.
        public var skipped: [NamedCount] = []
        /// The files that were written.
        public var files: [String] = []

        /// How many rows were left out.
        public var skippedCount: Int { skipped.reduce(0) { $0 + $1.count } }
    }

    /// Writes all configurations and splits in the form, and commits the folder.
    ///
    /// Rows are read once, some at a time.
    ///
    /// - Returns: What became of the rows, a report a split.
    /// - Throws: `DatasetError` where a file cannot be read or written, a kept column is missing, or not one row has what the form
    ///   needs; the folder is not there then.
    @discardableResult
    public func convert(
        _ distiset: Distiset, to output: OutputDirectory, format: DatasetFormat = .parquet
    ) throws -> [Report] {
        var reports: [Report] = []
        for (configuration, splits) in distiset.configurations {
            for (split, dataset) in splits {
                if let missing = keptColumns.first(where: { !dataset.columnNames.contains($0) }) {
                    throw DatasetError(
                        .usage,
                        "\(configuration), \(split) has no column '\(missing)' to keep; it has "
                            + dataset.columnNames.joined(separator: ", "))
                }
                let writer = try output.makeWriter(
                    configuration: configuration, format: format, split: split, columns: columns)
                reports.append(try convert(dataset, Report(configuration: configuration, split: split), to: writer))
            }
        }
        guard reports.contains(where: { $0.writtenCount > 0 }) else {
            let reasons = reports.flatMap(\.skipped).map { "\($0.name) (\(NumberText.count($0.count, "row")))" }
            throw DatasetError(
                .malformed,
                "no row has what the form '\(form.rawValue)' needs: "
                    + (reasons.isEmpty ? "there are no rows" : reasons.prefix(3).joined(separator: "; ")))
        }
        try output.commit()
        return reports
    }

    private func convert(_ dataset: Dataset, _ report: Report, to writer: any DatasetWriter) throws -> Report {
        var report = report
        var skipped = NamedCounts()
        let columns = Columns(columns)
        var chunks = try dataset.chunks()
        while let chunk = try chunks.next() {
            try Task.checkCancellation()
            var made: [Row] = []
            for row in chunk.rows {
                do {
                    made += try rows(of: row, columns: columns)
                } catch let skip as SkippedRow {
                    skipped.add(skip.reason)
                }
            }
            report.readCount += chunk.count
            report.writtenCount += made.count
            if !made.isEmpty { try writer.write(RowChunk(made)) }
        }
        report.files = try writer.finish().files
        report.skipped = skipped.ranking
        return report
    }

    /// The rows that are made of one: one, or with `kto` one an answer.
    func rows(of row: Row) throws -> [Row] { try rows(of: row, columns: Columns(columns)) }

    private func rows(of row: Row, columns: Columns) throws -> [Row] {
        let reader = ExampleReader(row: row)
        let kept = keptColumns.map { row[$0] ?? .null }
        return try values(of: reader).map { Row(columns: columns, values: $0 + kept) }
    }

    private func values(of reader: ExampleReader) throws -> [[Value]] {
        switch form {
        case .trl:
            let pair = try reader.pair()
            return [try [prompt(pair.prompt), answer(pair.chosen), answer(pair.rejected)]]
        case .messages:
            let turns = try reader.conversation()
            if !isPlain { return [[Self.list(turns)]] }
            return [try [prompt(Array(turns.dropLast())), answer(Array(turns.suffix(1)))]]
        case .kto:
            return try reader.verdicts().map {
                try [prompt($0.prompt), answer($0.completion), .bool($0.label)]
            }
        case .alpaca:
            let parts = try reader.instruction()
            return [[.string(parts.instruction), .string(parts.input), .string(parts.output)]]
        case .sharegpt:
            let turns = try reader.conversation().map { turn -> Value in
                ["from": .string(ShareGPT.speaker(of: turn.role)), "value": .string(turn.content)]
            }
            return [[.array(turns)]]
        }
    }

    private func prompt(_ turns: [Turn]) throws -> Value {
        isPlain ? .string(try ExampleReader.plain(prompt: turns)) : Self.list(turns)
    }

    private func answer(_ turns: [Turn]) throws -> Value {
        isPlain ? .string(try ExampleReader.plain(answer: turns)) : Self.list(turns)
    }

    private static func list(_ turns: [Turn]) -> Value { .array(turns.map(\.value)) }
}
