import Testing

@testable import Distilabel

/// What the package says of components that only Python has.
struct AbsentComponentsTests {
    private let registry = ComponentRegistry.standard

    @Test func everyComponentOfPythonsIsHereOrHasAWay() throws {
        let python = try PythonComponents()
        #expect(python.names.count == 91)
        let unknown = python.names.filter { registry.entry(named: $0) == nil && registry.advice(onAbsent: $0) == nil }
        #expect(unknown == [], "AbsentComponents.swift has no line for these")
    }

    @Test func noLineIsLeftOfAComponentThatIsHere() {
        let stale = AbsentComponents.advice.keys.filter { name in
            // Their lines are for builds without the trait.
            AbsentComponents.ofLlama[name] == nil && registry.entry(named: name) != nil
        }
        #expect(stale.sorted() == [], "they are registered: take their lines out of AbsentComponents.swift")
    }

    /// What distilabel 1.0 to 1.4 had under names that 1.5 has not.
    @Test(arguments: [("LoadHubDataset", "LoadDataFromHub"), ("CombineColumns", "CombineColumns")])
    func readsNamesOfOld(old: String, new: String) { #expect(registry.entry(named: old)?.name == new) }

    @Test func adviceNamesOnlyComponentsThatAreKnown() {
        for (name, advice) in AbsentComponents.advice {
            #expect(advice.count > 20 && !advice.hasSuffix("."), "\(name): \(advice)")
            // `OpenAILLM`, `GroupColumns`: letters, two capitals at least and not capitals alone.
            for word in advice.split(whereSeparator: { !$0.isLetter && $0 != "_" }).map(String.init)
            where word.first?.isUppercase == true && word.contains(where: \.isLowercase)
                && word.filter(\.isUppercase).count > 1 && !word.contains("_")
            {
                let isKnown = registry.entry(named: word) != nil || registry.advice(onAbsent: word) != nil
                #expect(isKnown, "\(name) is said to be replaced by \(word)")
            }
        }
    }

    @Test func aStepOfOldIsSavedUnderTodaysName() throws {
        let pipeline = try Pipeline("old") {
            LoadDataFromDicts(data: [["a": 1]]).named("load")
                >>> [KeepColumns(columns: ["a"]).named("one"), KeepColumns(columns: ["a"]).named("two")]
                >>> CombineColumns(columns: ["a"]).named("combine")
        }
        let saved = try PipelineDescription(pipeline)
        let step = try #require(ConformanceCase.steps(of: saved).last?.object)
        #expect(step["type_info"] == ["module": "distilabel.steps.columns.group", "name": "GroupColumns"])
        #expect(step["output_columns"] == ["merged_a"])
        #expect(try saved.pipeline(registry: .standard).member(named: "combine")?.step.outputs == ["merged_a"])
    }
}

/// Every pipeline of the conformance cases, read.
@Suite(.enabled(if: ConformanceCase.folder != nil, "DISTILABEL_CONFORMANCE names no folder of cases"))
struct ConformanceReadingTests {
    @Test(arguments: ConformanceCase.all) func isReadOrNamesAllThatIsNotHere(case: ConformanceCase) throws {
        let absent = try `case`.absent(from: .standard)
        do {
            let pipeline = try `case`.read().pipeline(registry: .standard)
            #expect(absent.isEmpty, "it was read all the same")
            #expect(!pipeline.members.isEmpty)
        } catch let error as PipelineError {
            let lines = error.diagnostics.map(\.description)
            for (step, type) in absent {
                let advice = try #require(ComponentRegistry.standard.advice(onAbsent: type), "\(type)")
                #expect(
                    lines.contains { $0.hasPrefix("step '\(step)': ") && $0.hasSuffix("'\(type)' \(advice)") },
                    "\(type) in \(lines)")
            }
            if absent.isEmpty { #expect(try `case`.isWrong(), "\(error)") }
        }
    }

    @Test(arguments: ConformanceCase.all) func comesBackAsItWasSaved(case: ConformanceCase) throws {
        guard try `case`.absent(from: .standard).isEmpty, try !`case`.isWrong() else { return }
        let folder = try TemporaryFolder()
        let pipeline = try `case`.read().pipeline(registry: .standard)
        let once = try PipelineDescription(pipeline)
        for name in ["saved.yaml", "saved.json"] {
            let path = folder.path + "/" + name
            try pipeline.save(to: path)
            #expect(try PipelineDescription(Pipeline(contentsOf: path)).value == once.value)
        }
        // Nothing of what the file said is lost or changed.
        let before = try `case`.read()
        #expect(once.value["pipeline"]?["connections"] == before.value["pipeline"]?["connections"])
        let saved = ConformanceCase.steps(of: once)
        for (step, after) in zip(ConformanceCase.steps(of: before), saved) {
            #expect(step.name == after.name)
            let lost = Self.changes(from: .object(step.object), to: .object(after.object), at: step.name)
            #expect(lost == [])
        }
        #expect(saved.count == ConformanceCase.steps(of: before).count)
    }

    /// The paths at which the second value does not say what the first does; 20 and 20.0 are the same.
    private static func changes(from before: Value, to after: Value?, at path: String) -> [String] {
        if case .object(let object) = before, let other = after?.objectValue {
            return object.filter { $0.key != "runtime_parameters_info" }.flatMap { key, value in
                changes(from: value, to: other[key] ?? .null, at: "\(path).\(key)")
            }
        }
        if before == after || before.doubleValue != nil && before.doubleValue == after?.doubleValue { return [] }
        return ["\(path): \(before) is \(after ?? .null) afterwards"]
    }
}
