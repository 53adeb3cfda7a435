import DistilabelTemplates
import Testing

/// What is wrong is told with its place and its mend.
struct TemplateErrorTests {
    @Test(arguments: [
        ("a\n{{ x|uper }}", TemplateError.Code.unknownFilter, 2, 6, "did you mean 'upper'?"),
        ("{{ x is definde }}", .unknownTest, 1, 9, "did you mean 'defined'?"),
        ("{{ x.uper() }}", .unknownMethod, 1, 5, "did you mean 'upper'?"),
        ("{{ rang(3) }}", .unknownFunction, 1, 4, "did you mean 'range'?"),
        ("{% macro item() %}{% endmacro %}{{ itm() }}", .unknownFunction, 1, 36, "did you mean 'item'?"),
        ("{{ xs|map('uper')|list }}", .unknownFilter, 1, 11, "did you mean 'upper'?"),
        ("{{ xs|selectattr('a', 'eqq', 1)|list }}", .unknownTest, 1, 23, "did you mean 'eq'?"),
        ("{{ x|truncate(lenght=3) }}", .arguments, 1, 6, "length"),
        ("{{ x|replace('a') }}", .arguments, 1, 6, "'new'"),
        ("{{ x|random }}", .unsupported, 1, 6, "random"),
        ("{% include 'a' %}", .unsupported, 1, 4, "include"), ("{% import 'a' as b %}", .unsupported, 1, 4, "import"),
        ("{% from 'a' import b %}", .unsupported, 1, 4, "from"), ("{% extends 'a' %}", .unsupported, 1, 4, "extends"),
        ("{% block a %}{% endblock %}", .unsupported, 1, 4, "block"),
        ("{% for x in y recursive %}{% endfor %}", .unsupported, 1, 15, "macro"),
        ("{% iff x %}", .syntax, 1, 4, "did you mean 'if'?"), ("{% if x %}a", .syntax, 1, 4, "endif"),
        ("{% for x in y %}{% endif %}", .syntax, 1, 20, "endfor"), ("a {# b", .syntax, 1, 3, "#}"),
        ("{{ 'a }}", .syntax, 1, 4, "string"), ("{{ a", .syntax, 1, 1, "}}"), ("{{ (a }}", .syntax, 1, 7, "')'"),
        ("{{ x.__class__ }}", .unsupported, 1, 5, "Python"), ("{{ 9223372036854775808 }}", .value, 1, 4, "64 bits"),
        ("{{ x|upper('a') }}", .arguments, 1, 6, "no arguments"),
    ])
    func faultsThatCanBeSeenAreErrorsBeforeRendering(
        source: String, code: TemplateError.Code, line: Int, column: Int, hint: String
    ) throws {
        let error = #expect(throws: TemplateError.self) { try Template(source, name: "prompt") }
        #expect(error?.code == code)
        #expect(error?.line == line && error?.column == column, "\(String(describing: error))")
        #expect(error?.message.contains(hint) == true, "\(String(describing: error))")
        #expect(error?.description.hasPrefix("prompt:\(line):\(column): ") == true)
    }

    @Test(arguments: [
        ("{{ a.b.c }}", TemplateError.Code.undefinedValue, "default"), ("{{ x + 'a' }}", .type, "'~'"),
        ("{{ missing + 1 }}", .undefinedValue, "'missing' is undefined"), ("{{ xs|map('string') }}", .type, "|list"),
        ("{{ xs|map('string')|length }}", .type, "|list"), ("{{ a.items }}", .type, "items()"),
        ("{{ 'a'.upper }}", .type, "upper()"), ("{{ xs.append(1) }}", .unknownMethod, ""),
        ("{{ x // 0 }}", .value, "zero"), ("{{ 4611686018427387904 * 2 }}", .value, "64 bits"),
        ("{% for i in xs %}{{ loop.indx }}{% endfor %}", .unknownMethod, "did you mean 'index'?"),
        ("{% set x.a = 1 %}", .type, "namespace"), ("{{ range }}", .type, "not called"),
        ("{% for a, b in [[1]] %}{% endfor %}", .value, "2 names"),
        ("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", .arguments, "at most 1"),
        ("{{ 'x'|tojson ~ missing.y }}", .undefinedValue, ""),
    ])
    func faultsOfValuesAreErrorsWithTheirPlace(source: String, code: TemplateError.Code, hint: String) throws {
        let values: [String: TemplateValue] = ["x": 1, "xs": [1, 2], "a": ["k": 1]]
        let error = #expect(throws: TemplateError.self) { try Template(source).render(values) }
        #expect(error?.code == code, "\(String(describing: error))")
        #expect(error?.line == 1 && (error?.column ?? 0) > 0)
        #expect(error?.message.contains(hint) == true, "\(String(describing: error))")
    }
}
