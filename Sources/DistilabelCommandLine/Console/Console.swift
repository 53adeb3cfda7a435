internal import Distilabel
public import DistilabelValues
internal import Synchronization

/// What surrounds a command: its environment, where its words go, and the components that pipelines may name.
///
/// Tests put their own in its place, and so does a command with components of one's own.
public struct Console: Sendable {
    /// The environment variables.
    public var environment: [String: String]
    /// Takes what belongs on standard output.
    public var output: @Sendable (String) -> Void
    /// Takes what belongs on standard error.
    public var errors: @Sendable (String) -> Void
    /// Whether standard output is a terminal.
    public var outputIsTerminal: Bool
    /// Whether standard error is a terminal.
    public var errorsAreTerminal: Bool
    /// The columns and lines of the terminal.
    public var size: @Sendable () -> (columns: Int, lines: Int)
    /// The components that pipelines may name.
    public var registry = ComponentRegistry.standard
    /// What Ctrl-C does, when something is under way that can stop in good order.
    let interruption = Interruption()

    /// Makes surroundings.
    public init(
        environment: [String: String], output: @escaping @Sendable (String) -> Void,
        errors: @escaping @Sendable (String) -> Void, outputIsTerminal: Bool = false, errorsAreTerminal: Bool = false,
        size: @escaping @Sendable () -> (columns: Int, lines: Int) = { (100, 40) }
    ) {
        self.environment = environment
        self.output = output
        self.errors = errors
        self.outputIsTerminal = outputIsTerminal
        self.errorsAreTerminal = errorsAreTerminal
        self.size = size
    }

    /// The surroundings of the command that runs; those of the process until ``DistilabelCommand/run(_:in:)`` says otherwise.
    @TaskLocal static var current = Console.process

    /// How words are coloured on standard output.
    var outputStyle: Style { Style(isColoured: outputIsTerminal && allowsColour) }
    /// How words are coloured on standard error.
    var errorStyle: Style { Style(isColoured: errorsAreTerminal && allowsColour) }

    /// https://no-color.org, and terminals that cannot.
    private var allowsColour: Bool { (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb" }

    /// Whether a display can be drawn over and over on standard error.
    var canRedraw: Bool { errorsAreTerminal && environment["TERM"] != "dumb" }
}

/// Colours words, or leaves them as they are.
struct Style: Sendable {
    /// Whether there are colours at all.
    var isColoured: Bool

    /// Words that stand back.
    func dim(_ text: String) -> String { wrap(text, "2") }
    /// Words that stand out.
    func bold(_ text: String) -> String { wrap(text, "1") }
    /// Words about what went wrong.
    func red(_ text: String) -> String { wrap(text, "31") }
    /// Words about what went well.
    func green(_ text: String) -> String { wrap(text, "32") }
    /// Words about what may be wrong.
    func yellow(_ text: String) -> String { wrap(text, "33") }

    private func wrap(_ text: String, _ code: String) -> String {
        isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

/// What the first Ctrl-C or SIGTERM does.
final class Interruption: Sendable {
    private let handler = Mutex<(@Sendable () -> Void)?>(nil)

    /// Says what it does from now on; nil for ending the command.
    func set(_ handler: (@Sendable () -> Void)?) { self.handler.withLock { $0 = handler } }

    /// Does it.
    ///
    /// - Returns: Whether there was something to do.
    func handle() -> Bool {
        guard let handler = handler.withLock({ $0 }) else { return false }
        handler()
        return true
    }
}
