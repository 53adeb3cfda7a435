import DistilabelDatasets
import DistilabelValues
import Testing

/// Random datasets whose statistics Python computes from its own objects, with numpy and DuckDB.
@Suite(.enabled(if: Python.hasDatasets))
struct StatisticsAgainstPythonTests {
    /// Makes the rows of a seed, writes them as Parquet and JSON Lines, and prints what numpy says of them.
    private static let script = #"""
        import json, random, sys
        import duckdb, numpy as np, pyarrow as pa, pyarrow.parquet as pq
        folder, seed = sys.argv[1], int(sys.argv[2])
        random.seed(seed)
        count = [1, 2, 37, 400, 3000][seed % 5]
        spaces = [" ", "  ", "\n", "\t", "\u00a0", "\u3000", "\u2009", "\x1c", "\u0085", "\u200b"]
        letters = ["a", "Z", "é", "数", "🙂", "e\u0301", "0", "—", "\x01"]
        def text(limit=40):
            return "".join(random.choice(letters if random.random() < .8 else spaces) for _ in range(random.randrange(limit)))
        def maybe(value, odds=.15): return None if random.random() < odds else value
        models = ["m%d" % i for i in range(random.choice([2, 3, 5]))]
        def turns():
            system = [{"role": "system", "content": text(9)}] if random.random() < .3 else []
            return system + [m for _ in range(random.choice([1, 1, 2, 3]))
                             for m in ({"role": "user", "content": text()}, {"role": "assistant", "content": text(80)})]
        rows, pool = [], []
        for i in range(count):
            high, low = maybe(random.randint(1, 5), .1), maybe(random.randint(1, 5), .1)
            names = [random.choice(models) for _ in range(random.choice([0, 2, 3, 4]))]
            failure = maybe("reason %d" % random.randrange(3), .7)
            row = {
                "prompt": maybe(random.choice([text(), "same"])), "number": maybe(random.gauss(0, 50)),
                "whole": maybe(random.randint(-40, 400)), "flag": maybe(random.random() < .4),
                "kind": maybe(random.choice(["red", "green", "blue", " "])), "words": maybe([maybe(text()) for _ in range(random.randrange(4))]),
                "messages": maybe(turns()), "chosen": maybe(text(90), .1), "rejected": maybe(text(90), .1),
                "chosen_rating": high, "rejected_rating": low,
                "chosen_model": maybe(random.choice(models), .1), "rejected_model": maybe(random.choice(models), .1),
                "generation_models": names, "ratings": maybe([maybe(random.randint(1, 5)) for _ in names], .1),
                "distilabel_metadata": {"failure_judge": failure,
                    "statistics_judge": maybe({"input_tokens": random.randrange(900), "output_tokens": random.randrange(90)}, .2)},
            }
            if pool and random.random() < .2: row = dict(random.choice(pool), distilabel_metadata=row["distilabel_metadata"])
            pool.append(row); rows.append(row)
        turn = pa.list_(pa.struct([("role", pa.string()), ("content", pa.string())]))
        tokens = pa.struct([("input_tokens", pa.int64()), ("output_tokens", pa.int64())])
        schema = pa.schema([("prompt", pa.string()), ("number", pa.float64()), ("whole", pa.int64()), ("flag", pa.bool_()), ("kind", pa.string()),
            ("words", pa.list_(pa.string())), ("messages", turn), ("chosen", pa.string()), ("rejected", pa.string()),
            ("chosen_rating", pa.int64()), ("rejected_rating", pa.int64()), ("chosen_model", pa.string()), ("rejected_model", pa.string()),
            ("generation_models", pa.list_(pa.string())), ("ratings", pa.list_(pa.int64())),
            ("distilabel_metadata", pa.struct([("failure_judge", pa.string()), ("statistics_judge", tokens)]))])
        table = pa.Table.from_pylist(rows, schema)
        pq.write_table(table, folder + "/rows.parquet", row_group_size=500)
        with open(folder + "/rows.jsonl", "w") as file:
            for row in rows: file.write(json.dumps(row, ensure_ascii=random.random() < .5) + "\n")

        def spread(values):
            if not len(values): return None
            values = np.array(values, dtype=float)
            return {"count": len(values), "min": values.min(), "max": values.max(), "mean": values.mean(),
                    "median": float(np.median(values)), "p95": float(np.quantile(values, .95)), "values": sorted(values.tolist())}
        def texts(column):
            out = []
            for row in rows:
                value = row[column]
                if isinstance(value, str): out.append(value)
                elif isinstance(value, list): out += [v for v in value if isinstance(v, str)]
            return out
        def column(name):
            values = [row[name] for row in rows]
            there = [v for v in values if v is not None]
            result = {"nulls": len(values) - len(there)}
            if name == "messages":
                # Lengths of all turns together.
                result["characters"] = spread([sum(len(t["content"]) for t in v) for v in there])
                result["words"] = spread([sum(len(t["content"].split()) for t in v) for v in there])
                result["blank"] = sum(not t["content"].split() for v in there for t in v)
            else:
                result["characters"] = spread([len(t) for t in texts(name)])
                result["words"] = spread([len(t.split()) for t in texts(name)])
                result["blank"] = sum(not t.split() for t in texts(name))
            result["lengths"] = spread([len(v) for v in there if isinstance(v, list)])
            numbers = []
            for v in there:
                numbers += [n for n in (v if isinstance(v, list) else [v]) if isinstance(n, (int, float)) and not isinstance(n, bool)]
            result["numbers"] = spread(numbers)
            result["distinct"] = len({json.dumps(v, sort_keys=True) for v in there})
            result["true"] = sum(v is True for v in there) if any(isinstance(v, bool) for v in there) else None
            return result
        names = [n for n in schema.names if n != "distilabel_metadata"]
        data = [json.dumps({n: row[n] for n in names if row[n] is not None}, sort_keys=True) for row in rows]
        prompts = [row["prompt"] for row in rows if row["prompt"] is not None]
        talks = [json.dumps([t for t in row["messages"][:-1]]) for row in rows if row["messages"] is not None]
        # Wins by DuckDB over the table itself.
        base = """select chosen_model w, rejected_model l, chosen_rating h, rejected_rating r from "table"
                  where chosen is not null and rejected is not null and w is not null and l is not null and w <> l"""
        wins = duckdb.sql(f"""select m, count(*) filter (m = w and not coalesce(h = r, false)) as wins,
            count(*) filter (m = l and not coalesce(h = r, false)) as losses, count(*) filter (coalesce(h = r, false)) as ties
            from ({base}) p, (select unnest({models}) as m) where m = w or m = l group by m""").fetchall()
        rated = {m: [0, 0, 0] for m in models}
        for row in rows:
            if row["ratings"] is None: continue
            for i, (a, x) in enumerate(zip(row["generation_models"], row["ratings"])):
                for b, y in list(zip(row["generation_models"], row["ratings"]))[i + 1:]:
                    if a == b or x is None or y is None: continue
                    for m, s, t in [(a, x, y), (b, y, x)]: rated[m][0 if s > t else 1 if s < t else 2] += 1
        pairs = [row for row in rows if row["chosen"] is not None and row["rejected"] is not None]
        both = [row for row in pairs if row["chosen_rating"] is not None and row["rejected_rating"] is not None]
        judged = [row["distilabel_metadata"]["statistics_judge"] for row in rows if row["distilabel_metadata"]["statistics_judge"]]
        failures = [row["distilabel_metadata"]["failure_judge"] for row in rows if row["distilabel_metadata"]["failure_judge"]]
        print(json.dumps({
            "rows": count, "columns": {n: column(n) for n in names},
            "duplicates": {"rows": [count, len(set(data))], "prompt": [len(prompts), len(set(prompts))], "messages": [len(talks), len(set(talks))]},
            "pairs": len(pairs), "missing": count - len(pairs), "equal": sum(r["chosen"] == r["rejected"] for r in pairs),
            "tied": sum(r["chosen_rating"] == r["rejected_rating"] for r in both),
            "same_model": sum(r["chosen_model"] is not None and r["chosen_model"] == r["rejected_model"] for r in pairs),
            "longer": sum(len(r["chosen"]) > len(r["rejected"]) for r in pairs),
            "same_length": sum(len(r["chosen"]) == len(r["rejected"]) for r in pairs),
            "margin": spread([r["chosen_rating"] - r["rejected_rating"] for r in both]),
            "ratings": spread([x for r in rows for x in r["ratings"] or [] if x is not None]),
            "wins": {m: [w, l, t] for m, w, l, t in wins},
            "rated": {m: c for m, c in rated.items() if sum(c)},
            "failures": {f: failures.count(f) for f in set(failures)},
            "tokens": [len(judged), sum(j["input_tokens"] for j in judged), sum(j["output_tokens"] for j in judged)],
        }))
        """#

    @Test(arguments: 0..<5)
    func statisticsAreThoseOfNumpyAndDuckDB(seed: Int) throws {
        let folder = try TemporaryFolder()
        let output = try Python.run(Python.withDatasets, Self.script, arguments: [folder.root, "\(seed)"])
        let expected = try JSON.parse(output)
        for name in ["rows.parquet", "rows.jsonl"] {
            let dataset = try Dataset(files: [try DatasetFile(path: folder.path(name))])
            try compare(try DatasetStatistics(of: dataset), expected)
        }
    }

    private func compare(_ statistics: DatasetStatistics, _ expected: Value) throws {
        #expect(Value.int(statistics.rowCount) == expected["rows"])
        let columns = try #require(expected["columns"]?.objectValue)
        for (name, wanted) in columns {
            guard let column = statistics.columns.first(where: { $0.name == name }) else {
                // A column of nulls alone is not in JSON Lines' first rows only where there is no row.
                Issue.record("no column \(name)")
                continue
            }
            #expect(Value.int(column.nullCount) == wanted["nulls"], "\(name)")
            #expect(column.distinctCount.map { .int($0) } == wanted["distinct"], "\(name)")
            #expect(Value.int(column.blankCount) == wanted["blank"], "\(name)")
            #expect(column.trueCount.map { .int($0) } ?? .null == wanted["true"], "\(name)")
            try compare(column.characters, wanted["characters"], name)
            try compare(column.words, wanted["words"], name)
            try compare(column.lengths, wanted["lengths"], name)
            try compare(column.numbers, wanted["numbers"], name)
        }
        for entry in statistics.duplicates {
            let wanted = expected["duplicates"]?[entry.column ?? "rows"]
            #expect(wanted == [.int(entry.count.total), .int(entry.count.distinct)])
            #expect(entry.count.repeated == entry.count.total - entry.count.distinct)
        }
        try comparePreference(statistics.preference, expected)
        let metadata = try #require(statistics.metadata)
        let failures = Value.Object(uniqueKeysWithValues: metadata.failures.map { ($0.reason, .int($0.count)) })
        #expect(Value.object(failures) == expected["failures"])
        #expect(metadata.failedRowCount == metadata.failures.reduce(0) { $0 + $1.count })
        let tokens = metadata.tokens.first
        #expect([.int(tokens?.calls ?? 0), .int(tokens?.input ?? 0), .int(tokens?.output ?? 0)] == expected["tokens"])
    }

    private func comparePreference(_ preference: PreferenceStatistics, _ expected: Value) throws {
        let counts: [String: Int] = [
            "pairs": preference.pairCount, "missing": preference.missingPairCount, "equal": preference.equalPairCount,
            "tied": preference.tiedPairCount, "same_model": preference.sameModelCount,
            "longer": preference.chosenLongerCount, "same_length": preference.sameLengthCount,
        ]
        for (name, count) in counts { #expect(Value.int(count) == expected[name], "\(name)") }
        try compare(preference.margin, expected["margin"], "margin")
        let ratings = preference.ratings.first { $0.column == "ratings" }
        try compare(ratings?.distribution, expected["ratings"], "ratings")
        func table(_ models: [PreferenceStatistics.Model]) -> Value {
            let compared = models.filter { $0.winShare != nil }
            return .object(
                Value.Object(
                    uniqueKeysWithValues: compared.map { ($0.name, [.int($0.wins), .int($0.losses), .int($0.ties)]) }))
        }
        #expect(table(preference.pairModels) == expected["wins"])
        #expect(table(preference.ratedModels) == expected["rated"])
    }

    /// Compares with numpy's figures, and the histogram with a count of the numbers themselves.
    private func compare(_ found: Distribution?, _ wanted: Value?, _ name: String) throws {
        guard let wanted = wanted?.objectValue else {
            #expect(found == nil, "\(name)")
            return
        }
        let found = try #require(found, "\(name)")
        #expect(found.isExact)
        #expect(Value.int(found.count) == wanted["count"], "\(name)")
        let figures = [
            "min": found.minimum, "max": found.maximum, "mean": found.mean, "median": found.median, "p95": found.p95,
        ]
        for (key, figure) in figures {
            let number = try #require(wanted[key]?.doubleValue)
            #expect(abs(figure - number) <= 1e-9 * max(1, abs(number)), "\(name) \(key)")
        }
        let values = try #require(wanted["values"]?.arrayValue).compactMap(\.doubleValue)
        for (index, bin) in found.histogram.enumerated() {
            let isLast = index == found.histogram.count - 1
            let count = values.filter {
                $0 >= bin.lower && ($0 < bin.upper || (isLast || bin.lower == bin.upper) && $0 == bin.upper)
            }.count
            #expect(bin.count == count, "\(name): \(bin)")
        }
        #expect(found.histogram.reduce(0) { $0 + $1.count } == found.count, "\(name)")
    }
}
