import DistilabelDatasets
import DistilabelValues
import Testing

struct DatasetFilesTests {
    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for name in [
            "flat/b.jsonl", "flat/a.jsonl", "flat/test.jsonl", "flat/.hidden.jsonl", "deep/train/x.jsonl",
            "deep/train/more/y.jsonl",
            "deep/other/z.jsonl", "glob/1/a.jsonl", "glob/1/b.jsonl", "glob/2/a.jsonl", "glob/.h/a.jsonl", "top.jsonl",
            "out/default/train-00000-of-00002.jsonl", "out/default/train-00001-of-00002.jsonl",
            "out/default/test-00000-of-00001.jsonl",
        ] { _ = try folder.write("{\"a\": 1}\n", to: name) }
        _ = try folder.write("words", to: "flat/README.md")
        _ = try folder.write("", to: "none/README.md")
        return folder
    }

    private func names(_ paths: [String], in folder: TemporaryFolder) throws -> [String: [String]] {
        let found = try DatasetFiles(paths.map { folder.path($0) })
        // Patterns give paths with single slashes.
        let root = folder.root.replacing("//", with: "/") + "/"
        return found.splits.reduce(into: [:]) { names, split in
            names[split.key] = split.value.map { String($0.path.replacing("//", with: "/").dropFirst(root.count)) }
        }
    }

    @Test func pathsFoldersAndPatternsAreFound() throws {
        let folder = try folder()
        #expect(try names(["top.jsonl"], in: folder) == ["train": ["top.jsonl"]])
        #expect(
            try names(["flat"], in: folder) == [
                "train": ["flat/a.jsonl", "flat/b.jsonl"], "test": ["flat/test.jsonl"],
            ])
        #expect(
            try names(["deep"], in: folder)
                == ["train": ["deep/train/x.jsonl", "deep/train/more/y.jsonl"], "other": ["deep/other/z.jsonl"]])
        #expect(
            try names(["out"], in: folder)["train"]
                == ["out/default/train-00000-of-00002.jsonl", "out/default/train-00001-of-00002.jsonl"])
        #expect(try names(["out"], in: folder)["test"]?.count == 1)
        #expect(try names(["glob/*/a.jsonl"], in: folder) == ["train": ["glob/1/a.jsonl", "glob/2/a.jsonl"]])
        #expect(try names(["glob/[12]/?.jsonl"], in: folder)["train"]?.count == 3)
        #expect(try names(["glob/**/*.jsonl"], in: folder)["train"]?.count == 3)
        #expect(
            try names(["**/b.jsonl", "top.jsonl"], in: folder)["train"] == [
                "flat/b.jsonl", "glob/1/b.jsonl", "top.jsonl",
            ])
        let named = try DatasetFiles(bySplit: [
            "x": [folder.path("top.jsonl")], "train": [folder.path("glob/*/b.jsonl")],
        ])
        #expect(Array(named.splits.keys) == ["train", "x"])
    }

    @Test(arguments: [
        ("no/such", "no file or folder"), ("glob/*.csv", "no file matches"), ("none", "no files that can be read"),
        ("", "empty"),
    ])
    func whatIsNotThereIsSaid(path: String, part: String) throws {
        let folder = try folder()
        let error = #expect(throws: DatasetError.self) {
            try DatasetFiles([path.isEmpty ? "" : folder.path(path)])
        }
        #expect(error?.message.contains(part) == true)
        try remove(folder.path("out/default/train-00000-of-00002.jsonl"))
        #expect(throws: DatasetError.self) { try DatasetFiles([folder.path("out")]) }
    }
}
