import Distilabel
import Foundation

/// What Python's distilabel 1.5.3 has, as Tests/Conformance/list_components.py wrote it down.
struct PythonComponents {
    /// The root of this package.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        .standardizedFileURL
        .path()

    /// The options that all steps, generators, tasks and models have.
    let common: [String: [String]]
    /// By component the options of its own, `generation_kwargs.…` among them.
    let options: [String: [String]]

    init() throws {
        let text = try String(contentsOfFile: Self.root + "/Tests/Conformance/components-1.5.3.json", encoding: .utf8)
        let tree = try JSON.parse(text)
        func names(_ value: Value?) -> [String] { (value?.arrayValue ?? []).compactMap(\.stringValue) }
        common = (tree["common"]?.objectValue ?? [:]).reduce(into: [:]) { $0[$1.key] = names($1.value) }
        options = (tree["components"]?.objectValue ?? [:]).reduce(into: [:]) { all, entry in
            let keys = names(entry.value["generation_kwargs"]).map { "generation_kwargs.\($0)" }
            all[entry.key] = names(entry.value["options"]) + keys
        }
    }

    /// The names of all components.
    var names: [String] { options.keys.sorted() }
}

/// A pipeline with the rows that Python made of it.
struct ConformanceCase: CustomStringConvertible {
    /// The folder of the cases; nil where the environment names none.
    static let folder = ProcessInfo.processInfo.environment["DISTILABEL_CONFORMANCE"].map { $0 + "/cases" }
    /// All of them.
    static let all: [ConformanceCase] =
        (folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? [])
        .sorted().map { ConformanceCase(description: $0) }

    /// Its name.
    let description: String
    /// Its pipeline.
    var path: String { "\(Self.folder ?? "")/\(description)/pipeline.yaml" }

    /// What its file says.
    func read() throws -> PipelineDescription {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let folder = "\(Self.folder ?? "")/\(description)"
        return PipelineDescription(try YAMLCoding.parse(text.replacingOccurrences(of: "$CASE_DIR", with: folder)))
    }

    /// Whether the pipeline is to be refused.
    func isWrong() throws -> Bool {
        let text = try String(contentsOfFile: "\(Self.folder ?? "")/\(description)/case.json", encoding: .utf8)
        return try JSON.parse(text)["expect_failure"] != nil
    }

    /// The steps by name, as the file has them.
    static func steps(of description: PipelineDescription) -> [(name: String, object: Value.Object)] {
        (description.value["pipeline"]?["steps"]?.arrayValue ?? []).compactMap { entry in
            guard let name = entry["name"]?.stringValue, let object = entry["step"]?.objectValue else { return nil }
            return (name, object)
        }
    }

    /// The names of all types that an object names, itself and inside.
    static func types(in value: Value) -> [String] {
        switch value {
        case .object(let object):
            [object["type_info"]?["name"]?.stringValue].compactMap { $0 }
                + object.filter { !["type_info", "data"].contains($0.key) }.flatMap { types(in: $0.value) }
        default: []
        }
    }

    /// The types that it names and that are not registered.
    func absent(from registry: ComponentRegistry) throws -> [(step: String, type: String)] {
        try Self.steps(of: read()).flatMap { step in
            Self.types(in: .object(step.object)).filter { registry.entry(named: $0) == nil }.map { (step.name, $0) }
        }
    }
}
