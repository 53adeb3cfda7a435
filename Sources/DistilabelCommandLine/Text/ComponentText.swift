internal import DistilabelPipeline
internal import DistilabelValues

/// Components in words.
enum ComponentText {
    /// All components of a kind, or of every kind, a line each.
    static func list(
        _ entries: [ComponentRegistry.Entry], kind: ComponentKind?, width: Int, style: Style
    ) -> String {
        let groups = Dictionary(grouping: entries) { ComponentKind(of: $0.type) }
        let nameWidth = entries.map(\.name.count).max() ?? 0
        return ComponentKind.allCases.compactMap { one -> String? in
            guard kind == nil || kind == one, let members = groups[one] else { return nil }
            let lines = members.map { entry in
                let padding = String(repeating: " ", count: nameWidth - entry.name.count + 2)
                let left = "  " + entry.name + padding
                let wrapped = TextTable.wrap(entry.type.documentation.summary, to: max(20, width - left.count))
                let rest = wrapped.dropFirst().map { String(repeating: " ", count: left.count) + $0 }
                let lines = [left + (wrapped.first ?? "")] + rest
                return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) + "\n" }.joined()
            }
            return style.bold(one.rawValue) + style.dim(": they \(one.meaning)") + "\n" + lines.joined()
        }.joined(separator: "\n")
    }

    /// What a component does, its parameters and its columns.
    static func description(of entry: ComponentRegistry.Entry, width: Int, style: Style) throws -> String {
        let documentation = entry.type.documentation
        var text = style.bold(entry.name) + style.dim("  \(ComponentKind(of: entry.type).rawValue)") + "\n"
        for part in [documentation.summary, documentation.discussion] where !part.isEmpty {
            text += TextTable.wrap(part, to: width).joined(separator: "\n") + "\n"
        }
        let parameters = try ParameterInspector.parameters(of: entry.type)
        if !parameters.isEmpty {
            let rows = rows(of: parameters, prefix: "", meanings: documentation.parameters)
            text += "\n" + style.bold("parameters") + "\n"
            text += TextTable(header: ["name", "type", "default", "meaning"], rows: rows, width: width).text(
                style: style)
        }
        if let step = entry.type.defaults as? any Step { text += columns(of: step, style: style) }
        text += "\n" + notes(on: entry, style: style)
        return text
    }

    private static func rows(of parameters: [Parameter], prefix: String, meanings: [String: String]) -> [[String]] {
        parameters.flatMap { parameter -> [[String]] in
            let name = prefix + parameter.name
            var meaning = meanings[name] ?? (prefix.isEmpty ? "" : meanings[parameter.name] ?? "")
            if let allowed = parameter.allowedValues {
                meaning += (meaning.isEmpty ? "" : "; ") + "one of " + allowed.joined(separator: ", ")
            }
            let fallback: String
            if parameter.isRequired {
                fallback = "required"
            } else if !parameter.children.isEmpty {
                fallback = ""
            } else {
                let json = JSON.string(parameter.defaultValue)
                fallback = json.count > 24 ? json.prefix(23) + "…" : json
            }
            // What stands inside of another parameter stands below it, a little to the right.
            let shown =
                prefix.isEmpty ? name : String(repeating: "  ", count: prefix.count { $0 == "." }) + parameter.name
            return [[shown, parameter.typeName, fallback, meaning]]
                + rows(of: parameter.children, prefix: name + ".", meanings: meanings)
        }
    }

    private static func columns(of step: any Step, style: Style) -> String {
        let inputs = step.inputs.map { $0.isRequired ? $0.name : "\($0.name) (optional)" }
        var text = "\n" + style.bold("columns") + style.dim(", with the default parameters") + "\n"
        text += "  reads  \(inputs.isEmpty ? "none" : inputs.joined(separator: ", "))\n"
        text += "  makes  \(step.outputs.isEmpty ? "none of its own" : step.outputs.joined(separator: ", "))\n"
        return text
    }

    private static func notes(on entry: ComponentRegistry.Entry, style: Style) -> String {
        var text = ""
        if entry.type is any Step.Type {
            text += "Every step also has input_mappings, output_mappings, input_batch_size and resources.\n"
        }
        if !entry.type.aliases.isEmpty { text += "also named  \(entry.type.aliases.joined(separator: ", "))\n" }
        if let module = entry.type.pythonModule { text += "in Python   \(module).\(entry.name)\n" }
        if let source = entry.type.documentation.source { text += "source      \(source)\n" }
        return text
    }
}
