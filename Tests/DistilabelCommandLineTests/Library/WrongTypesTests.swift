import Distilabel
import DistilabelTesting
import Testing

/// A value of a wrong kind in every position of every component: each is an error that says where, or something that can be read.
struct WrongTypesTests {
    private static let entries = ComponentRegistry.standard.entries.map(\.name)
    private static let wrong: [Value] = [
        .null, true, -1, 1.5, "no", "", [], [.null], [["a": 1]], [:], ["type": "KeepColumns"], ["type_info": 7],
        ["type_info": ["name": []]], .int(.max),
    ]

    /// The keys and indices on the way to each position, its own last.
    private func positions(in value: Value, below path: [String] = []) -> [[String]] {
        switch value {
        case .object(let object): object.flatMap { [path + [$0.key]] + positions(in: $0.value, below: path + [$0.key]) }
        case .array(let list): list.enumerated().flatMap { positions(in: $1, below: path + ["\($0)"]) }
        default: []
        }
    }

    private func replacing(_ value: Value, at path: ArraySlice<String>, with new: Value) -> Value {
        guard let key = path.first else { return new }
        switch value {
        case .object(var object):
            object[key] = replacing(object[key] ?? .null, at: path.dropFirst(), with: new)
            return .object(object)
        case .array(var list):
            if let index = Int(key), list.indices.contains(index) {
                list[index] = replacing(list[index], at: path.dropFirst(), with: new)
            }
            return .array(list)
        default: return new
        }
    }

    @Test(arguments: entries) func isAnErrorThatSaysWhere(name: String) throws {
        let registry = ComponentRegistry.standard
        let type = try #require(registry.entry(named: name)?.type)
        var object = try ComponentCoding.encode(type.defaults)
        if object["llm"] != nil {
            object["llm"] = .object(try ComponentCoding.encode(OpenAILLM(model: "m")))
        }
        for path in positions(in: .object(object)) {
            for value in Self.wrong {
                let changed = replacing(.object(object), at: path[...], with: value).objectValue ?? [:]
                let member: Value = ["name": "s", "step": .object(changed)]
                let description = PipelineDescription(["pipeline": ["name": "p", "steps": [member], "connections": []]])
                do {
                    _ = try description.pipeline(registry: registry)
                } catch let error as PipelineError {
                    #expect(!error.diagnostics.isEmpty)
                    #expect(error.diagnostics.allSatisfy { !$0.message.isEmpty && $0.message.count < 2000 })
                } catch {
                    Issue.record("\(path) = \(value): \(error)")
                }
            }
        }
    }

    @Test(arguments: [
        ["pipeline"], ["pipeline", "steps"], ["pipeline", "steps", "0"], ["pipeline", "steps", "0", "step"],
        ["pipeline", "steps", "0", "name"], ["pipeline", "connections"], ["pipeline", "connections", "0"],
        ["pipeline", "connections", "0", "from"], ["pipeline", "connections", "0", "to"],
        ["pipeline", "routing_batch_functions"], ["pipeline", "name"], ["requirements"], ["distilabel"],
    ])
    func aPipelineIsNoCrashEither(path: [String]) {
        let tree: Value = [
            "distilabel": ["version": "1.5.3"],
            "pipeline": [
                "name": "p",
                "steps": [
                    ["name": "load", "step": ["type": "LoadDataFromDicts", "data": [["a": 1]]]],
                    ["name": "keep", "step": ["type": "KeepColumns", "columns": ["a"]]],
                ],
                "connections": [["from": "load", "to": ["keep"]]], "routing_batch_functions": [],
            ], "requirements": [],
        ]
        for value in Self.wrong {
            let description = PipelineDescription(replacing(tree, at: path[...], with: value))
            do {
                _ = try description.pipeline(registry: .standard)
            } catch {
                #expect(error is PipelineError, "\(path) = \(value): \(error)")
            }
        }
    }
}
