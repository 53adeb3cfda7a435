import DistilabelTemplates
import Testing

/// The public face: variables, lookup, values.
struct TemplateTests {
    @Test func variablesComeInOrderOfFirstUse() throws {
        let template = try Template(
            "{% for r in rows if r.ok and limit %}{{ r.x ~ suffix }}{% endfor %}{% set a = b %}{{ a }}{{ range(n) }}{{ b }}"
        )
        #expect(template.variables == ["rows", "limit", "suffix", "b", "n"])
    }

    @Test func lookupIsAskedOncePerName() throws {
        var asked: [String] = []
        let text = try Template("{{ a }}{{ a }}{{ b }}").render({ name in
            asked.append(name)
            return name == "a" ? 1 : nil
        })
        #expect(text == "11")
        #expect(asked == ["a", "b"])
    }

    @Test func dictionariesKeepTheirOrder() throws {
        var dictionary = TemplateDictionary([("z", 1), ("a", 2), ("z", 3)])
        #expect(dictionary.keys == ["z", "a"])
        #expect(dictionary["z"] == 3)
        dictionary["b"] = "x"
        dictionary["a"] = nil
        #expect(try Template("{{ d }}").render(["d": .dict(dictionary)]) == "{'z': 3, 'b': 'x'}")
    }

    @Test func optionsTrimAndKeep() throws {
        let source = "  {% if true %}\nx\n  {% endif %}\n"
        #expect(try Template(source, options: .chat).render() == "x\n")
        #expect(try Template("a\n", options: TemplateOptions(keepTrailingNewline: true)).render() == "a\n")
    }

    @Test func macrosDoNotOutliveTheRendering() throws {
        let template = try Template("{% macro m(n) %}{% if n %}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(3) }}")
        for _ in 0..<100 { #expect(try template.render() == "") }
    }
}
