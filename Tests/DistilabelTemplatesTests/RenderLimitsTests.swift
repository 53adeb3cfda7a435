import DistilabelTemplates
import Foundation
import Testing

/// A template without end is an error, whatever it does.
struct RenderLimitsTests {
    @Test(arguments: [
        "{% for i in range(10 ** 12) %}{% endfor %}", "{{ range(10 ** 12)|list }}", "{{ [0] * 10 ** 12 }}",
        "{{ 'x' * 10 ** 12 }}", "{{ ''.center(10 ** 12) }}", "{{ '%200000d' % 1 }}", "{{ '{:200000}'.format(1) }}",
        "{{ 'a'|indent(10 ** 12) }}", "{{ [1]|batch(10 ** 12, 0)|list }}", "{{ [1]|slice(10 ** 12)|list }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m() %}{% if true %}{% for i in [1] %}{{ [m()] }}{% endfor %}{% endif %}{% endmacro %}{{ m() }}",
        "{% set ns = namespace(s='ab') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
        "{% set ns = namespace(s='ab') %}{% for i in range(99) %}{% set ns.s = ns.s|replace('', ns.s) %}{% endfor %}",
        "{% set ns = namespace(s=[1]) %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{% set ns = namespace(s=[]) %}{% for i in range(9999) %}{% set ns.s = [ns.s] %}{% endfor %}",
        "{% set ns = namespace(s=()) %}{% for i in range(9999) %}{% set ns.s = {'a': ns.s, 'b': ns.s} %}{% endfor %}{{ ns.s }}",
        "{% set ns = namespace(s=[1]) %}{% for i in range(60) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s }}",
        "{% for i in range(1000) %}{% for j in range(1000) %}{% for k in range(1000) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for i in range(9999) %}{{ 'x' * 9999 }}{% endfor %}", "{% set ns = namespace() %}{% set ns.me = ns %}",
    ])
    func everythingHasAnEnd(source: String) throws {
        let limits = RenderLimits(maximumOutputBytes: 1 << 20, maximumSteps: 200_000)
        let error = #expect(throws: TemplateError.self) { try Template(source).render(limits: limits) }
        #expect(error?.code == .limit || error?.code == .type, "\(String(describing: error))")
    }

    @Test(arguments: [
        String(repeating: "(", count: 100_000), String(repeating: "[", count: 100_000),
        String(repeating: "not ", count: 100_000), String(repeating: "-", count: 100_000),
        "x" + String(repeating: ".a", count: 100_000), "x" + String(repeating: "|upper", count: 100_000),
        "1" + String(repeating: " + 1", count: 100_000), "1" + String(repeating: " if 1 else 1", count: 100_000),
        "1" + String(repeating: " or 1", count: 100_000), "{" + String(repeating: "'a': {", count: 100_000),
        "x" + String(repeating: "()", count: 100_000), "x" + String(repeating: "[x", count: 100_000),
    ])
    func deepSourcesAreErrors(expression: String) {
        #expect(throws: TemplateError.self) { try Template("{{ \(expression) }}") }
        let blocks = String(repeating: "{% if x %}", count: 10_000)
        #expect(throws: TemplateError.self) { try Template(blocks) }
    }

    /// The deepest template that is allowed fits the smallest stack that threads get, half a megabyte; frames without
    /// optimization are several times as large.
    @Test(arguments: [
        "{% macro m(n) %}{% if true %}{% for i in [1] %}{% with a = 1 %}{{ (n ~ 1)|trim|replace('a', m(n + 1)) }}{% endwith %}{% endfor %}{% endif %}{% endmacro %}{{ m(0) }}",
        "{{ " + String(repeating: "(1 + ", count: 55) + "1" + String(repeating: ")", count: 55) + " }}",
        "{{ " + String(repeating: "[not ", count: 25) + "1" + String(repeating: "]", count: 25) + " }}",
        "{{ x" + String(repeating: "|string", count: 110) + " }}",
        String(repeating: "{% if x %}", count: 55) + "{{ [[[x]]] }}" + String(repeating: "{% endif %}", count: 55),
    ])
    func deepestTemplatesFitSmallStacks(source: String) {
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            _ = try? Template(source).render(["x": 1])
            done.signal()
        }
        #if DEBUG
            thread.stackSize = 2 << 20
        #else
            thread.stackSize = 512 << 10
        #endif
        thread.start()
        #expect(done.wait(timeout: .now() + 60) == .success)
    }

    @Test func deepValuesAreErrors() throws {
        var value: TemplateValue = []
        for _ in 0..<5_000 { value = .list([value]) }
        let template = try Template("{{ x }}")
        #expect(throws: TemplateError.self) { try template.render(["x": value]) }
    }
}
