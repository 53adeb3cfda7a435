internal import DistilabelPipeline
internal import DistilabelTemplates
internal import DistilabelValues
internal import Synchronization

/// A template that was read once and is rendered for every row.
struct PromptTemplate: Sendable {
    private enum Form: Sendable {
        /// Nothing but one column: its text goes in as it is; the template is for what is no text.
        case column(String, Template)
        case template(Template)
    }

    private let form: Form

    /// Reads a template.
    ///
    /// - Throws: `TemplateError`.
    init(_ source: String) throws {
        let inner = source.hasPrefix("{{") && source.hasSuffix("}}") ? source.dropFirst(2).dropLast(2) : ""
        let name = inner.split(separator: " ").first.map(String.init) ?? ""
        let isName =
            !name.isEmpty && !(name.first?.isNumber ?? true)
            && name.utf8.allSatisfy {
                $0 == 95 || (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
            }
        let isAlone =
            isName && inner.split(separator: " ").count == 1
            && !["none", "true", "false", "None", "True", "False"].contains(name)
        let template = try Template(source)
        form = isAlone ? .column(name, template) : .template(template)
    }

    /// The columns that it reads.
    var variables: [String] {
        switch form {
        case .column(let name, _): [name]
        case .template(let template): template.variables
        }
    }

    /// The text for a row; names other than those of `columns` stand for nothing.
    func render(_ row: Row, columns: [String]) throws -> String {
        let template: Template
        switch form {
        case .column(let name, let fallback):
            if columns.contains(name), case .string(let text)? = row[name] { return text }
            template = fallback
        case .template(let full): template = full
        }
        return try template.render { name in columns.contains(name) ? row[name].map { TemplateValue($0) } : nil }
    }

    /// The template of a source, read once for all rows of all runs.
    static func cached(_ source: String) throws -> PromptTemplate {
        if let known = cache.withLock({ $0[source] }) { return known }
        let template = try PromptTemplate(source)
        cache.withLock { cache in
            if cache.count >= cacheLimit { cache.removeAll() }
            cache[source] = template
        }
        return template
    }

    private static let cacheLimit = 64
    private static let cache = Mutex<[String: PromptTemplate]>([:])
}

extension TemplateValue {
    /// The value as templates see it.
    init(_ value: DistilabelValues.Value) {
        switch value {
        case .null: self = .none
        case .bool(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .double(let value): self = .double(value)
        case .string(let value): self = .string(value)
        case .array(let values): self = .list(values.map { TemplateValue($0) })
        case .object(let object): self = .dict(TemplateDictionary(object.map { ($0, TemplateValue($1)) }))
        }
    }
}
