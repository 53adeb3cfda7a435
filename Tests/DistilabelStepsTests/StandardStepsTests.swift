import DistilabelPipeline
import DistilabelSteps
import DistilabelValues
import Testing

struct StandardStepsTests {
    @Test(arguments: StandardSteps.all.map { $0.componentName }) func documentsEveryParameter(name: String) throws {
        let type = try #require(StandardSteps.all.first { $0.componentName == name })
        #expect(!type.documentation.summary.isEmpty)
        #expect(Set(type.documentation.parameters.keys) == Set(try parameterNames(type)))
    }

    private func parameterNames(_ type: any Component.Type) throws -> [String] {
        func names<C: Component>(_ type: C.Type) throws -> [String] {
            try ParameterInspector.parameters(of: type, keyStyle: .snakeCase).map(\.name)
        }
        return try names(type)
    }
}
