internal import DistilabelValues

// MARK: - For people

extension DatasetCard {
    /// The page below the front matter, in Markdown.
    public var body: String {
        var parts = ["# \(Self.inline(title))"]
        if let about, !about.isEmpty { parts.append(Self.inline(about)) }
        parts.append(summary)
        parts += configurations.map(section)
        parts.append(loading)
        parts += [graphSection, runSection, figures, modelSection, citationSection].compactMap { $0 }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var summary: String {
        let rows = Self.count(rowCount, "row")
        let parts = configurations.count == 1 ? "" : " in \(Self.count(configurations.count, "configuration"))"
        let origin =
            pipeline == nil
            ? "Written by distilabel for Swift."
            : "Made by a distilabel pipeline, which is described below and can be run again."
        return "\(rows)\(parts). \(origin)"
    }

    private func section(_ configuration: Configuration) -> String {
        var lines = ["## Configuration `\(configuration.name)`", ""]
        lines.append("| split | rows |")
        lines.append("| --- | ---: |")
        lines += configuration.splits.map { "| \(Self.cell($0.name)) | \($0.rowCount) |" }
        lines += ["", "| column | type |", "| --- | --- |"]
        lines += configuration.schema.columns.map { "| \(Self.cell($0.key)) | \(Self.cell($0.value.description)) |" }
        if let sample = configuration.sample {
            let json = JSON.string(Self.shortened(.object(sample.object)), pretty: true)
            lines += ["", "A row:", "", Self.fenced(json, language: "json")]
        }
        return lines.joined(separator: "\n")
    }

    /// What stands for the folder, of which nobody knows where it will lie.
    static let folderPlaceholder = "path/to/this/folder"

    private var loading: String {
        let place = repository ?? Self.folderPlaceholder
        let code = configurations.map { configuration in
            let name = configuration.name == "default" && configurations.count == 1 ? "" : ", \"\(configuration.name)\""
            return "dataset = load_dataset(\"\(place)\"\(name))"
        }
        return "## Load it\n\n"
            + Self.fenced("from datasets import load_dataset\n\n" + code.joined(separator: "\n"), language: "python")
    }

    private var graphSection: String? {
        graph.map { "## How it was made\n\n" + Self.fenced($0, language: "mermaid") }
    }

    /// How long a pipeline may be to stand on the page; one with its rows in it is left to its own file.
    private static let pipelineLimit = 20_000

    private var runSection: String? {
        guard let pipeline else { return nil }
        var text = "## Run it again\n\n"
        text += Self.fenced("distilabel pipeline run --config pipeline.yaml --output out", language: "console")
        text +=
            "\n\nPython's distilabel runs the same file where it has the same components. Keys are not in it; models take them from the environment."
        if pipeline.utf8.count <= Self.pipelineLimit {
            text += "\n\n<details><summary>pipeline.yaml</summary>\n\n"
            text += Self.fenced(pipeline, language: "yaml") + "\n\n</details>"
        } else {
            text += "\n\nIt is long, so it stands in [pipeline.yaml](pipeline.yaml) only."
        }
        return text
    }

    private var figures: String? {
        guard !steps.isEmpty else { return nil }
        var lines = [
            "## What the run did", "",
            "| step | rows in | rows out | failed | answers | tokens in | tokens out | cost |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        ]
        for step in steps {
            let failed = step.failures.values.reduce(0, +)
            let cells = [
                Self.cell(step.name), String(step.rowsIn), String(step.rowsOut), String(failed), String(step.calls),
                String(step.inputTokens), String(step.outputTokens), Self.cell(step.cost ?? ""),
            ]
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
        if let cost { lines += ["", "The cost of all answers together: \(Self.inline(cost))."] }
        if steps.contains(where: { !$0.failures.isEmpty }) {
            lines += [
                "", "Rows that failed, which are in the dataset with nulls and the reason in `distilabel_metadata`:",
                "",
            ]
            lines += ["| step | rows | reason |", "| --- | ---: | --- |"]
            for step in steps {
                for (reason, count) in step.failures.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
                    lines.append("| \(Self.cell(step.name)) | \(count) | \(Self.cell(reason)) |")
                }
            }
        }
        return lines.joined(separator: "\n")
    }

    private var modelSection: String? {
        guard !models.isEmpty else { return nil }
        let lines = models.map { "| \(Self.cell($0.step)) | \(Self.cell($0.name)) |" }
        return "## Models\n\nWhat the models' licences say about their answers holds for this dataset too.\n\n"
            + "| step | model |\n| --- | --- |\n" + lines.joined(separator: "\n")
    }

    private var citationSection: String? {
        guard !citations.isEmpty else { return nil }
        return "## Cite\n\nThe methods that were used:\n\n"
            + Self.fenced(citations.map(\.bibTeX).joined(separator: "\n\n"), language: "bibtex")
    }
}

// MARK: - Markdown

extension DatasetCard {
    /// A text in a fence that it cannot close.
    private static func fenced(_ text: String, language: String) -> String {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return "\(fence)\(language)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)"
    }

    /// A text on one line, without what Markdown or HTML would make something of.
    private static func inline(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.replacing("<", with: "&lt;")
    }

    /// A text in a cell of a table.
    private static func cell(_ text: String) -> String {
        let limit = 300
        let short = text.count > limit ? text.prefix(limit) + "…" : text[...]
        return inline(String(short)).replacing("|", with: "\\|")
    }

    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    private static let listLimit = 10
    private static let textLimit = 2_000

    /// A value short enough to be looked at: of long lists the first elements, of long texts the start.
    private static func shortened(_ value: Value) -> Value {
        switch value {
        case .array(let values):
            var short = values.prefix(listLimit).map(shortened)
            if values.count > listLimit { short.append(.string("… (\(values.count - listLimit) more)")) }
            return .array(short)
        case .object(let object): return .object(object.mapValues(shortened))
        case .string(let text) where text.count > textLimit:
            return .string("\(text.prefix(textLimit))… (\(text.count - textLimit) more characters)")
        default: return value
        }
    }
}
