/// A prompt's template, parsed and checked, which renders values to text as Python's Jinja2 does.
///
/// ```swift
/// let template = try Template("Dear {{ name|title }}{% if topics %}, about {{ topics|join(', ') }}{% endif %}.")
/// let text = try template.render(["name": "ada", "topics": ["maths", "engines"]])
/// ```
public struct Template: Sendable {
    /// The source that the template was made of.
    public let source: String
    /// The name that stands in errors.
    public let name: String
    /// The names that the template reads and does not set itself, in order of first use; functions such as `range` are
    /// not among them.
    public let variables: [String]

    private let body: [Statement]
    private let reads: [Name]

    /// Parses and checks a template.
    ///
    /// - Parameters:
    ///   - source: Jinja source; a newline at its end is dropped unless the options keep it.
    ///   - name: What errors call the template.
    ///   - options: How white space around tags is treated.
    /// - Throws: What is wrong with the source: its syntax, filters, tests, functions or methods that do not exist,
    ///   arguments that they do not take.
    public init(
        _ source: String, name: String = "template", options: TemplateOptions = .default
    ) throws(TemplateError) {
        self.source = source
        self.name = name
        do {
            var lexer = Lexer(source, options: options)
            var parser = Parser(try lexer.run())
            body = try parser.parseTemplate()
            var analysis = Analysis()
            try analysis.run(body)
            reads = analysis.reads
            variables = analysis.variables
        } catch {
            throw error.named(name)
        }
    }

    /// Renders the template with values that a function looks up.
    ///
    /// - Parameters:
    ///   - lookup: Called once for each name that the template reads; nil leaves the name undefined.
    ///   - limits: Bounds on the work.
    /// - Throws: An operation that the values do not allow, or a limit that was reached, with its place.
    public func render(
        _ lookup: (String) -> TemplateValue?, limits: RenderLimits = .default
    ) throws(TemplateError) -> String {
        do {
            var context: [Int: Object] = [:]
            for read in reads {
                if let value = lookup(read.text) { context[read.id] = try Object(value) }
            }
            return try Interpreter(context: context, limits: limits).run(body)
        } catch {
            throw error.named(name)
        }
    }

    /// Renders the template with values by name.
    public func render(
        _ values: [String: TemplateValue] = [:], limits: RenderLimits = .default
    ) throws(TemplateError) -> String {
        try render({ values[$0] }, limits: limits)
    }
}
