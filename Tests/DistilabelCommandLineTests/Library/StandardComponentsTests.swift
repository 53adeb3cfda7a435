import Distilabel
import Foundation
import Testing

/// What holds for every step and task that files may name.
struct StandardComponentsTests {
    static let types = StandardSteps.all + StandardTasks.all
    static let names = types.map { $0.componentName }

    private func type(_ name: String) throws -> any Component.Type {
        try #require(Self.types.first { $0.componentName == name })
    }

    @Test func standsOnlyOnceInTheList() { #expect(Set(Self.names).count == Self.names.count) }

    @Test(arguments: names) func documentsEveryParameter(name: String) throws {
        let type = try type(name)
        let documentation = type.documentation
        #expect(documentation.summary.hasSuffix("."))
        let parameters = try ParameterInspector.parameters(of: type, keyStyle: .snakeCase).map(\.name)
        #expect(Set(documentation.parameters.keys) == Set(parameters))
        #expect(documentation.parameters.values.allSatisfy { !$0.isEmpty })
        #expect(Set(type.requiredKeys).isSubset(of: parameters))
        #expect(type.pythonModule?.hasPrefix("distilabel.") ?? true)
    }

    @Test(arguments: names) func isTheSameAfterAWayThroughAFile(name: String) throws {
        var registry = ComponentRegistry()
        registry.register(Self.types)
        registry.register([PlaceholderLLM.self, PlaceholderEmbeddings.self])
        let written = try ComponentCoding.encode(try type(name).defaults)
        let read = try ComponentCoding.decode(from: written, registry: registry)
        #expect(try ComponentCoding.encode(read) == written)
    }

    @Test(arguments: names) func standsInAFolderOfItsName(name: String) throws {
        let typeName = String(describing: try type(name))
        let sources = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Sources").standardizedFileURL
        let files = FileManager.default.enumerator(atPath: sources.path())?.allObjects.compactMap { $0 as? String }
        let homes = ["DistilabelSteps", "DistilabelTasks"]
        #expect(
            files?.contains { file in
                homes.contains { file.hasPrefix($0 + "/") } && file.hasSuffix("/\(typeName)/\(typeName).swift")
            } == true)
    }
}
