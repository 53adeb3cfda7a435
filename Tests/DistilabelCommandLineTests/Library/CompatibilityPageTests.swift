import Distilabel
import Foundation
import Testing

/// Holds Documentation/COMPATIBILITY.md against what Python has and what is registered.
struct CompatibilityPageTests {
    /// A row of the tables of components.
    struct Entry {
        var component: String
        var option: String
        var status: String
        var place: String { "\(component)\(option.isEmpty ? "" : ".\(option)")" }
    }

    private let entries: [Entry]
    private let python: PythonComponents
    private let registry = ComponentRegistry.standard
    private static let statuses = ["works", "differs", "not yet", "never", "here only"]
    /// What a build without the trait does not have.
    private static let optional: Set<String> = ["LlamaCppLLM", "LlamaCppEmbeddings"]

    init() throws {
        python = try PythonComponents()
        let page = try String(
            contentsOfFile: PythonComponents.root + "/Documentation/COMPATIBILITY.md", encoding: .utf8)
        var entries: [Entry] = []
        var isInside = false
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "| component | option | here | how |" {
                isInside = true
            } else if !line.hasPrefix("|") {
                isInside = false
            } else if isInside, !line.hasPrefix("| ---") {
                let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().map {
                    $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
                }
                try #require(cells.count == 5, "a row of the page has not four cells: \(line)")
                entries.append(Entry(component: cells[0], option: cells[1], status: cells[2]))
            }
        }
        self.entries = entries
    }

    /// The row of an option: the component's own, or that of all its kind.
    private func entry(_ component: String, _ option: String, kinds: [String] = []) -> Entry? {
        entries.first { ([component] + kinds.map { "every \($0)" }).contains($0.component) && $0.option == option }
    }

    /// The kinds that a component is of, as the page calls them.
    private func kinds(_ type: any Component.Type) -> [String] {
        var kinds: [String] = []
        if type is any Step.Type { kinds.append("step") }
        if type is any GeneratorStep.Type { kinds.append("generator") }
        if type is any LLMTask.Type { kinds.append("task") }
        if type is any LanguageModel.Type { kinds.append("model") }
        return kinds
    }

    /// The parameters of a component with those inside of others: `generation_kwargs.top_p`.
    private func parameters(of type: any DefaultsProviding.Type) throws -> [String] {
        func paths(_ parameters: [Parameter], in prefix: String) -> [String] {
            parameters.flatMap { [prefix + $0.name] + paths($0.children, in: prefix + $0.name + ".") }
        }
        return paths(try ParameterInspector.parameters(of: type), in: "")
    }

    @Test func everyRowSaysOneOfFiveThingsAndStandsOnce() {
        #expect(entries.count > 600)
        #expect(entries.filter { !Self.statuses.contains($0.status) }.map(\.place) == [])
        let places = Dictionary(grouping: entries, by: \.place)
        #expect(places.filter { $0.value.count > 1 }.keys.sorted() == [])
    }

    @Test func hasARowForEverythingThatPythonHas() {
        var missing: [String] = []
        for (kind, options) in python.common {
            // A generator is a step.
            let kinds = kind == "generator" ? ["step", kind] : [kind]
            for option in options where entry("", option, kinds: kinds) == nil {
                missing.append("every \(kind).\(option)")
            }
        }
        for name in python.names {
            if entry(name, "") == nil { missing.append(name) }
            for option in python.options[name] ?? [] where entry(name, option, kinds: ["step", "task", "model"]) == nil
            {
                missing.append("\(name).\(option)")
            }
        }
        #expect(missing == [])
    }

    @Test func hasARowForEverythingThatIsHere() throws {
        var missing: [String] = []
        for registered in registry.entries {
            let isPythons = python.options[registered.name] != nil
            if entry(registered.name, "") == nil {
                missing.append("| `\(registered.name)` | | \(isPythons ? "works" : "here only") | |")
            }
            for option in try parameters(of: registered.type)
            where entry(registered.name, option, kinds: kinds(registered.type)) == nil {
                let known = python.options[registered.name]?.contains(option) == true
                missing.append("| `\(registered.name)` | `\(option)` | \(known ? "works" : "here only") | |")
            }
        }
        for option in try parameters(of: StepOptions.self) where entry("", option, kinds: ["step"]) == nil {
            missing.append("| every step | `\(option)` | works | |")
        }
        #expect(missing == [], "rows to add to COMPATIBILITY.md:\n\(missing.joined(separator: "\n"))")
    }

    @Test func saysNotYetOfNothingThatIsHere() throws {
        var stale: [String] = []
        for row in entries where ["not yet", "never"].contains(row.status) {
            guard let registered = registry.entry(named: row.component) else { continue }
            if row.option.isEmpty {
                stale.append(row.place)
            } else if try parameters(of: registered.type).contains(row.option) {
                // One that is only read may say so.
                let meaning = registered.type.documentation.parameters[row.option] ?? ""
                if !meaning.contains("not supported"), !meaning.contains("no effect") { stale.append(row.place) }
            }
        }
        #expect(stale == [], "these are here: say how they work")
    }

    @Test func saysWorksOnlyOfWhatIsHere() throws {
        var wrong: [String] = []
        for row in entries where !["not yet", "never"].contains(row.status) && !row.component.hasPrefix("every ") {
            guard let registered = registry.entry(named: row.component) else {
                if !Self.optional.contains(row.component) { wrong.append(row.place) }
                continue
            }
            let known = try parameters(of: registered.type)
            if !row.option.isEmpty, !known.contains(row.option) { wrong.append(row.place) }
        }
        #expect(wrong == [], "no such component or parameter is here")
    }

    @Test func saysHereOnlyOfWhatPythonHasNot() {
        var wrong: [String] = []
        for row in entries where !row.option.isEmpty {
            guard let options = python.options[row.component] else { continue }
            if options.contains(row.option) == (row.status == "here only") { wrong.append(row.place) }
        }
        #expect(wrong == [])
    }
}
