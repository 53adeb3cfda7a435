import DistilabelParquet
import Foundation

/// One measure a process: rows of preference data written or read.
///
///     parquet-bench write|write-typed IN OUT zstd|snappy|none
///     parquet-bench read|read-typed IN
///
/// Rows to write are read from IN a few at a time, and only the time of writing counts. Prints the CPU seconds, the wall seconds
/// and the rows as JSON.
@main
enum Main {
    struct Preference: Codable {
        var instruction: String
        var generations: [String]
        var ratings: [Double]
        var generation_models: [String]
    }

    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == (arguments.dropFirst().first?.hasPrefix("write") == true ? 5 : 3) else {
            print("parquet-bench write|write-typed|read|read-typed IN [OUT CODEC]")
            exit(2)
        }
        let reader = try ParquetFileReader(path: arguments[2])
        var clock = Stopwatch()
        let rows =
            switch arguments[1] {
            case "write": try write(reader, arguments[3], arguments[4], &clock)
            case "write-typed": try writeTyped(reader, arguments[3], arguments[4], &clock)
            case "read-typed": try readTyped(reader, &clock)
            default: try read(reader, &clock)
            }
        print("{\"cpu\": \(clock.cpu), \"wall\": \(clock.wall), \"rows\": \(rows)}")
    }

    static func options(_ codec: String) -> ParquetWriteOptions {
        var options = ParquetWriteOptions()
        options.compression = codec == "zstd" ? .zstd() : codec == "snappy" ? .snappy : .none
        options.isDurable = false
        return options
    }

    static func write(_ reader: ParquetFileReader, _ path: String, _ codec: String, _ clock: inout Stopwatch) throws
        -> Int
    {
        let writer = try ParquetFileWriter(path: path, schema: reader.schema, options: options(codec))
        var batches = try reader.batches(of: ParquetValue.self, rows: 1000)
        while let batch = try batches.next() {
            let rows = batch.rows
            try clock.measure { try writer.append(rows: rows) }
        }
        return try clock.measure { try writer.finish() }.rowCount
    }

    static func writeTyped(
        _ reader: ParquetFileReader, _ path: String, _ codec: String, _ clock: inout Stopwatch
    ) throws -> Int {
        let writer = try ParquetRowWriter<Preference>(path: path, options: options(codec))
        var source = try reader.rows(of: Preference.self)
        var rows: [Preference] = []
        while let row = try source.next() {
            rows.append(row)
            if rows.count == 1000 {
                try clock.measure { try writer.append(contentsOf: rows) }
                rows = []
            }
        }
        return try clock.measure {
            try writer.append(contentsOf: rows)
            return try writer.finish().rowCount
        }
    }

    static func read(_ reader: ParquetFileReader, _ clock: inout Stopwatch) throws -> Int {
        var generations = 0
        var count = 0
        try clock.measure {
            var batches = try reader.batches(of: ParquetValue.self)
            while let batch = try batches.next() {
                for row in batch.rows {
                    if case .list(let list)? = row["generations"] { generations += list.count }
                }
                count += batch.rowCount
            }
        }
        precondition(generations == 2 * count)
        return count
    }

    static func readTyped(_ reader: ParquetFileReader, _ clock: inout Stopwatch) throws -> Int {
        var generations = 0
        var count = 0
        try clock.measure {
            var rows = try reader.rows(of: Preference.self)
            while let row = try rows.next() {
                generations += row.generations.count
                count += 1
            }
        }
        precondition(generations == 2 * count)
        return count
    }
}

/// Adds up the time of what it measures.
struct Stopwatch {
    var cpu = 0.0
    var wall = 0.0

    mutating func measure<Result>(_ body: () throws -> Result) rethrows -> Result {
        let start = (Self.now(CLOCK_PROCESS_CPUTIME_ID), Self.now(CLOCK_MONOTONIC))
        defer {
            cpu += Self.now(CLOCK_PROCESS_CPUTIME_ID) - start.0
            wall += Self.now(CLOCK_MONOTONIC) - start.1
        }
        return try body()
    }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
