import DistilabelCommandLine
import DistilabelValues
import Testing

struct TrainingDataCommandsTests {
    /// Four pairs, one of them of equal answers, and a row that failed.
    private static let rows = """
        {"prompt":"one","chosen":"good","rejected":"bad","chosen_model":"a","rejected_model":"b","chosen_rating":5,"rejected_rating":1}
        {"prompt":"two","chosen":"good","rejected":"bad","chosen_model":"a","rejected_model":"b","chosen_rating":4,"rejected_rating":2}
        {"prompt":"three","chosen":"good","rejected":"bad","chosen_model":"b","rejected_model":"a","chosen_rating":5,"rejected_rating":3}
        {"prompt":"one","chosen":"same","rejected":"same","chosen_model":"b","rejected_model":"a","chosen_rating":3,"rejected_rating":3}
        {"prompt":null,"chosen":null,"rejected":null,"distilabel_metadata":{"failure_judge":"no ratings"}}

        """

    @Test func statsShowsTablesAndBars() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("rows.jsonl", Self.rows)
        let plain = await CommandRun(["dataset", "stats", path])
        #expect(plain.status == .finished && plain.errors.isEmpty)
        for part in ["default, train: 5 rows, 8 columns", "##", "judge: no ratings", "Worth a look"] {
            #expect(plain.output.contains(part), "\(part): \(plain.output)")
        }
        #expect(!plain.output.contains("█") && !plain.output.contains("\u{1B}"))
        let drawn = await CommandRun(["dataset", "stats", path], isTerminal: true, columns: 70)
        #expect(drawn.output.contains("█"))
    }

    @Test func statsAreAnObjectToo() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("rows.jsonl", Self.rows)
        let run = await CommandRun([
            "dataset", "stats", path, "--format", "json", "--html", folder.path + "/report.html",
        ])
        #expect(run.status == .finished)
        let statistics = try JSON.parse(run.output)["default"]?["train"]
        #expect(statistics?["rows"] == 5)
        // Each model won twice or lost or tied: a 2 wins, 1 loss, 1 tie.
        let best = statistics?["preference"]?["pair_models"]?.arrayValue?.first
        #expect(best?["name"] == "a" && best?["wins"] == 2 && best?["ties"] == 1 && best?["win_share"] == 0.625)
        #expect(try folder.read("report.html").contains("</html>"))
    }

    @Test func convertLeavesOutAndCounts() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("rows.jsonl", Self.rows)
        let output = folder.path + "/out"
        let arguments = ["dataset", "convert", path, "--to", "kto", "--plain", "--format", "jsonl", "--output", output]
        let run = await CommandRun(arguments)
        #expect(run.status == .finished, "\(run.errors)")
        #expect(run.output.contains("5 rows read, 6 rows written as kto"))
        #expect(run.output.contains("left out 1 row: chosen and rejected are equal"))
        #expect(run.output.contains("left out 1 row: chosen or rejected is null"))
        let lines = try folder.read("out/default/train.jsonl").split(separator: "\n")
        #expect(lines.count == 6 && lines[0] == #"{"prompt":"one","completion":"good","label":true}"#)
        #expect(await CommandRun(arguments).status == .cannotWriteOutput)
        #expect(await CommandRun(arguments + ["--overwrite"]).status == .finished)
        #expect(await CommandRun(["dataset", "validate", output, "--for", "trl-kto"]).status == .finished)
    }

    @Test func validateNamesRowsAndEndsWith65() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("rows.jsonl", Self.rows)
        let run = await CommandRun(["dataset", "validate", path])
        #expect(run.status == .invalidInput)
        #expect(run.errors.contains("error: default, train: 'chosen' and 'rejected' are equal: 1 row: row 4\n"))
        #expect(run.errors.contains("'chosen' and 'rejected' are null: 1 row: row 5\n"))
        #expect(run.output == "default, train: 5 rows of trl-dpo: 2 errors in 2 rows\n")
        let json = await CommandRun(["dataset", "validate", path, "--json"])
        #expect(json.status == .invalidInput)
        #expect(try JSON.parse(json.output)["default"]?["train"]?["errors"] == 2)
    }

    @Test(arguments: [
        (["stats", "--html", "/nowhere/at/all/report.html"], ExitStatus.cannotWriteOutput),
        (["stats", "--split", "tset"], .misused),
        (["convert", "--to", "tlr", "--output", "x"], .misused),
        (["convert", "--to", "alpaca", "--plain", "--output", "x"], .misused),
        (["convert", "--to", "trl", "--keep", "absent", "--output", "x"], .misused),
        (["convert", "--to", "trl", "--output", "rows.jsonl/out"], .cannotWriteOutput),
        (["validate", "--for", "dpo"], .misused),
        (["validate", "--max-characters", "0"], .misused), (["validate", "--for", "alpaca"], .invalidInput),
    ])
    func wrongInputEndsWithItsStatus(_ arguments: [String], _ status: DistilabelCommandLine.ExitStatus) async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("rows.jsonl", Self.rows)
        let words = arguments.map { $0 == "x" || $0.hasPrefix("rows.jsonl") ? folder.path + "/" + $0 : $0 }
        let run = await CommandRun(["dataset", words[0], path] + words.dropFirst())
        #expect(run.status == status, "\(run.errors)")
        #expect(!run.errors.isEmpty)
        #expect(folder.names == ["rows.jsonl"])
    }
}
