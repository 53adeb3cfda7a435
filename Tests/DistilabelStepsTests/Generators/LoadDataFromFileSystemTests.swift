import DistilabelDatasets
import DistilabelPipeline
import DistilabelSteps
import DistilabelValues
import Foundation
import Testing

/// A folder that is there for one test.
private final class Folder {
    let path = NSTemporaryDirectory() + "/distilabel-steps-" + UUID().uuidString
    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws -> String {
        let url = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        return url.path
    }
}

private func rows(_ step: some GeneratorStep) async throws -> [Row] {
    var rows: [Row] = []
    try await step.generate(in: StepContext(stepName: "load")) { rows.append($0) }
    return rows
}

private func decode<Step: Component>(_ type: Step.Type, _ json: String) throws -> Step {
    try ComponentCoding.decode(type, from: try JSON.parse(json).objectValue ?? [:], registry: ComponentRegistry())
}

struct LoadDataFromFileSystemTests {
    @Test func readsCSVUpToALimit() async throws {
        let folder = try Folder()
        let path = try folder.write(
            "instruction,n,x\n\"with, comma\",1,0.5\n\"two\nlines\",2,\nplain é,3,-2\nnever,4,1\n", to: "data.csv")
        let step = try decode(
            LoadDataFromFileSystem.self,
            "{\"batch_size\": 50, \"split\": \"train\", \"config\": null, \"revision\": null, \"streaming\": false, "
                + "\"num_examples\": 3, \"storage_options\": null, \"data_files\": \"\(path)\", \"filetype\": null}")
        #expect(step.problems().isEmpty)
        #expect(step.outputs == ["instruction", "n", "x"])
        #expect(step.columns(after: ColumnSet([])) == ColumnSet(["instruction", "n", "x"]))
        #expect(
            try await rows(step) == [
                ["instruction": "with, comma", "n": 1, "x": 0.5], ["instruction": "two\nlines", "n": 2, "x": nil],
                ["instruction": "plain é", "n": 3, "x": -2.0],
            ])
    }

    @Test func readsFoldersListsAndSplits() async throws {
        let folder = try Folder()
        let one = try folder.write("{\"a\": 1}\n", to: "d/train/1.jsonl")
        _ = try folder.write("[{\"a\": 2, \"b\": 3}]", to: "d/train/2.json")
        let text = try folder.write("x\ny\n", to: "d/test/t.txt")
        let train = LoadDataFromFileSystem(folder.path + "/d")
        #expect(try await rows(train) == [["a": 1], ["a": 2, "b": 3]])
        #expect(train.columns(after: ColumnSet([])) == ColumnSet(["a"], isOpen: true))
        #expect(
            try await rows(LoadDataFromFileSystem(folder.path + "/d", split: "test")) == [["text": "x"], ["text": "y"]])
        #expect(try await rows(LoadDataFromFileSystem(one, text, numExamples: 2)) == [["a": 1], ["text": "x"]])
        #expect(try await rows(LoadDataFromFileSystem("file://" + one, filetype: "text")) == [["text": "{\"a\": 1}"]])
        var bySplit = LoadDataFromFileSystem()
        bySplit.dataFiles = ["train": .string(one), "odd": [.string(text)]]
        bySplit.split = "odd"
        #expect(try await rows(bySplit).count == 2)
        var inner = LoadDataFromFileSystem(folder.path)
        inner.config = "d"
        #expect(try await rows(inner).count == 2)
    }

    @Test func saysBeforeTheRunWhatCannotBeRead() throws {
        let folder = try Folder()
        let good = try folder.write("{\"a\": 1}\n", to: "x/a.jsonl")
        let bad = try folder.write("{\"a\": \n", to: "bad.jsonl")
        let cases: [(LoadDataFromFileSystem, String)] = [
            (LoadDataFromFileSystem("/no/such.jsonl"), "there is no file or folder /no/such.jsonl"),
            (LoadDataFromFileSystem(bad), "bad.jsonl:1:"),
            (LoadDataFromFileSystem(good, split: "test"), "none is of 'test'"),
            (LoadDataFromFileSystem(good, filetype: "xml"), "`filetype` is 'xml'"),
            (LoadDataFromFileSystem(good, filetype: "parquet"), "no Parquet file"),
            (LoadDataFromFileSystem("s3://bucket/a.jsonl"), "another machine"),
            (LoadDataFromFileSystem(good, numExamples: 0), "num_examples"), (LoadDataFromFileSystem(), "names no"),
        ]
        for (step, part) in cases {
            #expect(step.problems().first?.contains(part) == true, "\(step.problems())")
        }
        #expect(throws: ValueCodingError.self) { try decode(LoadDataFromFileSystem.self, "{}") }
    }
}

struct LoadDataFromDiskTests {
    @Test func readsWhatWasSaved() async throws {
        let folder = try Folder()
        let dataset = Dataset((0..<5).map { row -> Row in ["id": .int(row), "none": nil] })
        try Distiset(["judge": ["train": dataset, "test": Dataset([["id": 9]])]]).saveToDisk(folder.path + "/d")
        let step = try decode(
            LoadDataFromDisk.self,
            "{\"dataset_path\": \"\(folder.path)/d\", \"is_distiset\": true, \"config\": \"judge\", \"split\": \"train\", "
                + "\"keep_in_memory\": null, \"num_examples\": 2, \"streaming\": false, \"revision\": null, \"storage_options\": null}"
        )
        #expect(step.problems().isEmpty && step.outputs == ["id", "none"])
        #expect(try await rows(step) == [["id": 0, "none": nil], ["id": 1, "none": nil]])
        #expect(try await rows(LoadDataFromDisk(folder.path + "/d/judge")).count == 5)
        #expect(try await rows(LoadDataFromDisk(folder.path + "/d/judge", split: "test")) == [["id": 9]])
        #expect(try await rows(LoadDataFromDisk(folder.path + "/d/judge/train")).count == 5)
        let cases: [(LoadDataFromDisk, String)] = [
            (LoadDataFromDisk("/no/such"), "no folder"), (LoadDataFromDisk(folder.path), "not saved by save_to_disk"),
            (LoadDataFromDisk(folder.path + "/d", config: "other"), "it has 'judge'"),
            (LoadDataFromDisk(folder.path + "/d"), "set `is_distiset` to true"),
            (LoadDataFromDisk(folder.path + "/d/judge", split: "dev"), "one of 'train', 'test'"),
        ]
        for (step, part) in cases { #expect(step.problems().first?.contains(part) == true, "\(step.problems())") }
    }
}
