import DistilabelDatasets
import DistilabelValues
import Testing

struct DistisetTests {
    static func dataset(_ count: Int) -> Dataset {
        Dataset((0..<count).map { row -> Row in ["id": .int(row), "text": .string("t\(row)")] })
    }

    @Test(arguments: DatasetFormat.allCases)
    func whatIsSavedIsLoadedAgain(format: DatasetFormat) throws {
        let folder = try TemporaryFolder()
        let distiset = Distiset([
            "first": ["train": Self.dataset(5)], "second": ["train": Self.dataset(3), "test": Self.dataset(2)],
        ])
        try distiset.save(to: folder.path("out"), format: format)
        let loaded = try Distiset.load(from: folder.path("out"))
        #expect(loaded.description == distiset.description)
        for (name, splits) in distiset.configurations {
            for (split, dataset) in splits {
                #expect(try loaded[name]?[split]?.loaded() == dataset.loaded())
                #expect(loaded[name]?[split]?.schema == dataset.schema)
            }
        }
        #expect(loaded.rowCount == 10)
    }

    @Test func distisetsAreConcatenated() throws {
        let folder = try TemporaryFolder()
        let first = Distiset(["a": ["train": Self.dataset(300)], "b": ["train": Self.dataset(1)]])
        try first.save(to: folder.path("one"))
        let second = Distiset(["a": ["train": Dataset([["id": 0.5, "more": ["x"]]]), "test": Self.dataset(2)]])
        let whole = Distiset.concatenate([try Distiset.load(from: folder.path("one")), second, first])
        #expect(
            whole.configurations.mapValues { $0.mapValues(\.count) } == [
                "a": ["train": 601, "test": 2], "b": ["train": 2],
            ])
        let train = try #require(whole["a"]?["train"])
        #expect(train.schema.description == "id: double, text: string, more: list<string>")
        let rows = try train.loaded().rows
        #expect(rows[299] == ["id": 299, "text": "t299", "more": nil])
        #expect(rows[300] == ["id": 0.5, "text": nil, "more": ["x"]])
        #expect(rows[600] == rows[299])
        let (left, right) = try train.trainTestSplit(trainSize: 0.5, seed: 1)
        #expect(left.count + right.count == 601)
        try whole.saveToDisk(folder.path("all"))
        #expect(try Distiset.load(fromDisk: folder.path("all"))["a"]?["train"]?.loaded().count == 601)
    }

    @Test func itPrintsAsPythonPrintsIt() {
        let distiset = Distiset(["default": ["train": Self.dataset(3)]])
        #expect(
            distiset.description == """
                Distiset({
                    default: DatasetDict({
                        train: Dataset({
                            features: ['id', 'text'],
                            num_rows: 3
                        })
                    })
                })
                """)
    }

    @Test func aMissingShardIsNamed() throws {
        let folder = try TemporaryFolder()
        var options = ParquetWriter.Options()
        options.shardRows = 2
        let writer = try ParquetWriter(folder: folder.root, options: options)
        try writer.write(try Self.dataset(6).loaded())
        try writer.finish()
        try remove(folder.path("train-00001-of-00003.parquet"))
        let error = try #require(throws: DatasetError.self) { try Distiset.load(from: folder.root) }
        #expect(error.message.contains("shard 1 of 3"))
        #expect(try #require(throws: DatasetError.self) { try Distiset.load(from: "/no/such") }.code == .notFound)
    }

    @Test(arguments: [true, false], [0.5, 0.7, 0.99])
    func splitsShareAllRows(shuffle: Bool, size: Double) throws {
        let whole = Distiset(["default": ["train": Self.dataset(1000)]])
        let split = try whole.trainTestSplit(trainSize: size, shuffle: shuffle, seed: 7)
        let train = try #require(try split["default"]?["train"]?.loaded()[column: "id"]).compactMap(\.intValue)
        let test = try #require(try split["default"]?["test"]?.loaded()[column: "id"]).compactMap(\.intValue)
        #expect(train.count == Int((size * 1000).rounded()))
        #expect((train + test).sorted() == Array(0..<1000))
        #expect(shuffle != (train == Array(0..<train.count)))
        let again = try whole.trainTestSplit(trainSize: size, shuffle: shuffle, seed: 7)
        #expect(try again["default"]?["train"]?.loaded()[column: "id"]?.compactMap(\.intValue) == train)
        let other = try whole.trainTestSplit(trainSize: size, shuffle: shuffle, seed: 8)
        #expect(try shuffle == (other["default"]?["train"]?.loaded()[column: "id"]?.compactMap(\.intValue) != train))
    }

    @Test func eachRowIsAsLikelyToBeDrawn() throws {
        var counts = Array(repeating: 0, count: 20)
        for seed in 0..<2000 {
            let (train, _) = try Self.dataset(20).trainTestSplit(trainSize: 0.5, seed: UInt64(seed))
            for id in try train.loaded()[column: "id"] ?? [] { counts[id.intValue ?? 0] += 1 }
        }
        // 1,000 expected, standard deviation 22.
        #expect(counts.allSatisfy { (880...1120).contains($0) })
    }

    @Test func aSplitOfFilesReadsTheSameRowsAsOneOfMemory() async throws {
        let folder = try TemporaryFolder()
        let memory = Distiset(["default": ["train": Self.dataset(500)]])
        try memory.save(to: folder.path("out"))
        let files = try Distiset.load(from: folder.path("out")).trainTestSplit(trainSize: 0.8, seed: 3)
        let expected = try memory.trainTestSplit(trainSize: 0.8, seed: 3)
        for name in ["train", "test"] {
            let dataset = try #require(files["default"]?[name])
            var rows: [Row] = []
            for try await row in dataset.rows { rows.append(row) }
            #expect(try rows == expected["default"]?[name]?.loaded().rows)
            #expect(rows.count == dataset.count)
        }
        let (train, test) = try #require(files["default"]?["train"]).trainTestSplit(trainSize: 0.25, shuffle: false)
        #expect(train.count == 100 && test.count == 300)
        #expect(try files["default"]?["train"]?.head(3) == train.head(3))
    }

    @Test(arguments: [0.0, 1.0, -0.1, 0.01, .nan])
    func sizesThatLeaveASideEmptyAreRefused(size: Double) {
        #expect(throws: DatasetError.self) { try Self.dataset(10).trainTestSplit(trainSize: size) }
    }
}
