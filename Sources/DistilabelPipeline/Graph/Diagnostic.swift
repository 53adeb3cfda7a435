/// Something about a pipeline that its author should know before it runs.
public struct Diagnostic: Sendable, Hashable, CustomStringConvertible {
    /// How bad it is.
    public enum Severity: String, Sendable, Hashable {
        /// The pipeline cannot run.
        case error
        /// It can run, but perhaps not as meant.
        case warning
    }

    /// How bad it is.
    public var severity: Severity
    /// The step that it is about; nil for the pipeline as a whole.
    public var step: String?
    /// What is wrong, and the mend.
    public var message: String

    /// Makes a diagnostic.
    public init(_ severity: Severity, step: String? = nil, _ message: String) {
        self.severity = severity
        self.step = step
        self.message = message
    }

    /// Makes an error.
    public init(step: String? = nil, _ message: String) { self.init(.error, step: step, message) }

    /// One line.
    public var description: String { step.map { "step '\($0)': \(message)" } ?? message }
}

/// All that is wrong with a pipeline.
public struct PipelineError: Error, Sendable, CustomStringConvertible {
    /// The errors, at least one.
    public var diagnostics: [Diagnostic]
    /// The pipeline's name.
    public var pipeline: String?

    /// Makes an error of what is wrong.
    public init(_ diagnostics: [Diagnostic], pipeline: String? = nil) {
        self.diagnostics = diagnostics
        self.pipeline = pipeline
    }

    /// Makes an error of one thing that is wrong.
    public init(_ message: String, step: String? = nil) { self.init([Diagnostic(step: step, message)]) }

    /// One line a diagnostic.
    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
