import DistilabelTemplates
import Testing

/// Every template of the table gives what Python's jinja2 gives, errors included.
struct OracleTests {
    static let cases: [OracleCase] =
        (expressionCases + filterCases + statementCases).map { OracleCase(source: $0) }
        + statementCases.map { OracleCase(source: $0, options: .chat) }

    @Test(.enabled(if: PythonJinja.isAvailable, "set DISTILABEL_PYTHON to a Python with jinja2"))
    func rendersAsPythonDoes() throws {
        let answers = try PythonJinja.render(Self.cases, context: oracleContext)
        try #require(answers.count == Self.cases.count)
        for (test, answer) in zip(Self.cases, answers) {
            let own: Result<(text: String, names: String), TemplateError>
            do throws(TemplateError) {
                let template = try Template(test.source, options: test.options)
                own = .success((try template.render(oracleContext), template.variables.sorted().joined(separator: " ")))
            } catch {
                own = .failure(error)
            }
            switch (own, answer.text) {
            case (.success(let own), let text?):
                let isSame = own.text.utf8.elementsEqual(text.utf8)
                #expect(isSame, "\(test.source) gives \(own.text.debugDescription), Python: \(text.debugDescription)")
                #expect(own.names == answer.note, "names of \(test.source)")
            case (.failure, nil): break
            case (.success(let own), nil):
                Issue.record("\(test.source) gives \(own.text), Python: \(answer.note)")
            case (.failure(let error), let text?):
                Issue.record("\(test.source) fails with \(error), Python: \(text)")
            }
        }
    }
}
