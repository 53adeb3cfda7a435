/// What is wrong with a template or with the values it was given: where, what, and what to write instead.
public struct TemplateError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of a ``TemplateError``, for programs that tell them apart.
    public enum Code: String, Sendable, Hashable {
        /// The source is no template: a tag that is not closed, an operator that is missing.
        case syntax
        /// A part of Jinja that prompts do without: `include`, `import`, `extends`, `block`, `autoescape`.
        case unsupported
        /// A filter that does not exist.
        case unknownFilter
        /// A test (`is …`) that does not exist.
        case unknownTest
        /// A function that is neither built in nor a macro of the template.
        case unknownFunction
        /// A method or attribute that no value in a template has.
        case unknownMethod
        /// Arguments that a filter, test, function, method or macro does not take.
        case arguments
        /// An operation on a variable that has no value.
        case undefinedValue
        /// An operation on values of the wrong kind, such as a sum of a text and a number.
        case type
        /// A value out of range: a division by zero, an integer of more than 64 bits.
        case value
        /// A limit of ``RenderLimits`` was reached.
        case limit
    }

    /// The kind of the error.
    public var code: Code
    /// What is wrong and how to mend it, without the place.
    public var message: String
    /// The name of the template, as given to ``Template/init(_:name:options:)``.
    public var template: String
    /// The line, from 1; 0 where the error has no place.
    public var line: Int
    /// The column in Unicode scalars, from 1; 0 where the error has no place.
    public var column: Int

    init(_ code: Code, _ message: String, at position: Position? = nil, in template: String = "") {
        self.code = code
        self.message = message
        self.template = template
        self.line = position?.line ?? 0
        self.column = position?.column ?? 0
    }

    /// The place and the message in one line.
    public var description: String {
        line == 0 ? "\(template): \(message)" : "\(template):\(line):\(column): \(message)"
    }

    /// The same error with a place, unless it has one: the innermost place is the most precise.
    func placed(at position: Position) -> TemplateError {
        guard line == 0 else { return self }
        var error = self
        error.line = position.line
        error.column = position.column
        return error
    }

    func named(_ template: String) -> TemplateError {
        var error = self
        error.template = template
        return error
    }
}

/// A place in a template's source.
struct Position: Sendable, Hashable {
    var line: Int
    var column: Int
}
