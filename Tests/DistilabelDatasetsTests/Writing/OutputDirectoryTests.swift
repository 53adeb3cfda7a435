import DistilabelDatasets
import DistilabelValues
import Foundation
import Testing

struct OutputDirectoryTests {
    @Test func theFolderIsThereOnlyOnceItIsWhole() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("deep/er/out")
        let output = try OutputDirectory(path)
        let writer = try output.makeWriter(configuration: "default", format: .parquet)
        try writer.write(RowChunk([["a": 1]]))
        try writer.finish()
        try output.write("steps: []\n", to: "pipeline.yaml")
        try Data("log\n".utf8).write(to: URL(fileURLWithPath: try output.file("pipeline.log")))
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(folder.listing("deep/er").filter { !$0.hasPrefix(".") }.isEmpty)
        try output.commit()
        #expect(
            folder.listing("deep/er/out")
                == ["default", "default/train-00000-of-00001.parquet", "pipeline.log", "pipeline.yaml"])
        #expect(folder.listing("deep/er").filter { $0.hasPrefix(".") }.isEmpty)

        let distiset = try Distiset.load(from: path)
        #expect(distiset.rowCount == 1)
        #expect(try textOf(try #require(distiset.pipelinePath)) == "steps: []\n")
        #expect(distiset.logPath != nil)
        #expect(try #require(throws: DatasetError.self) { try output.commit() }.code == .usage)
    }

    @Test func nothingIsLeftOfARunThatFails() throws {
        let folder = try TemporaryFolder()
        var output: OutputDirectory? = try OutputDirectory(folder.path("a/b/out"))
        try output?.write("x", to: "pipeline.yaml")
        #expect(!folder.listing().isEmpty)
        output = nil
        #expect(folder.listing().isEmpty, "the folders above were made for it and go with it")
    }

    @Test func anEmptyFolderIsTaken() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path("out"), withIntermediateDirectories: true)
        let output = try OutputDirectory(folder.path("out/"))
        try output.write("x", to: "pipeline.yaml")
        try output.commit()
        #expect(folder.listing() == ["out", "out/pipeline.yaml"])
    }

    @Test func aFolderThatHoldsSomethingIsRefusedWithTheMend() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("mine", to: "out/notes.txt")
        let refusal = try #require(throws: DatasetError.self) { try OutputDirectory(folder.path("out")) }
        #expect(refusal.code == .notEmpty && refusal.message.contains("--overwrite"))
        let other = try #require(throws: DatasetError.self) {
            try OutputDirectory(folder.path("out"), existing: .replace)
        }
        #expect(other.code == .notEmpty && other.message.contains("notes.txt"))
        #expect(folder.listing() == ["out", "out/notes.txt"])
    }

    @Test func anOlderDatasetIsReplacedOnlyByAWholeOne() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("old", to: "out/pipeline.yaml")
        _ = try folder.write("{}\n", to: "out/gone/train.jsonl")
        var output: OutputDirectory? = try OutputDirectory(folder.path("out"), existing: .replace)
        try output?.write("new", to: "pipeline.yaml")
        output = nil
        #expect(try textOf(folder.path("out/pipeline.yaml")) == "old")
        let second = try OutputDirectory(folder.path("out"), existing: .replace)
        try second.write("new", to: "pipeline.yaml")
        try second.commit()
        #expect(folder.listing() == ["out", "out/pipeline.yaml"])
        #expect(try textOf(folder.path("out/pipeline.yaml")) == "new")
    }

    @Test func leftoversOfKilledRunsGoAndRunsThatLiveStay() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("x", to: ".out.partial-1-dead/pipeline.yaml")
        _ = try folder.write("x", to: ".other.partial-1-dead/pipeline.yaml")
        let living = try OutputDirectory(folder.path("out"))
        let second = try OutputDirectory(folder.path("out"))
        #expect(!folder.listing().contains(".out.partial-1-dead"))
        #expect(folder.listing().contains(".other.partial-1-dead"))
        #expect(folder.listing().count { $0.hasPrefix(".out.partial-") } == 2)
        try living.write("first", to: "pipeline.yaml")
        try living.commit()
        // The second comes too late: what is there is not touched.
        try second.write("second", to: "pipeline.yaml")
        #expect(throws: DatasetError.self) { try second.commit() }
        #expect(try textOf(folder.path("out/pipeline.yaml")) == "first")
    }

    @Test(arguments: ["", "..", ".", "a/b"])
    func namesThatLeaveTheFolderAreRefused(name: String) throws {
        let folder = try TemporaryFolder()
        let output = try OutputDirectory(folder.path("out"))
        #expect(throws: DatasetError.self) { try output.makeWriter(configuration: name, format: .jsonl) }
        #expect(throws: DatasetError.self) { try output.write("", to: name) }
    }

    @Test func placesThatCannotBeWrittenAreRefusedAtOnce() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("x", to: "file")
        #expect(throws: DatasetError.self) { try OutputDirectory(file) }
        #expect(throws: DatasetError.self) { try OutputDirectory(file + "/out") }
        #expect(throws: DatasetError.self) { try OutputDirectory("") }
        #expect(throws: DatasetError.self) { try OutputDirectory("/") }
        #expect(throws: DatasetError.self) { try OutputDirectory(".") }
        #if os(Linux)
            // Nobody, not even root, makes folders there.
            let error = try #require(throws: DatasetError.self) { try OutputDirectory("/proc/out") }
            #expect(error.message.contains("/proc"))
        #endif
    }
}
