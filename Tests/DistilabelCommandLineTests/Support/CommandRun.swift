import DistilabelCommandLine
import Foundation
import Synchronization

/// What a command said and how it ended.
struct CommandRun {
    var status: ExitStatus
    var output: String
    var errors: String

    /// Runs a command in this process.
    init(
        _ arguments: [String], environment: [String: String] = [:], isTerminal: Bool = false, columns: Int = 100
    ) async {
        let said = Words()
        var console = Console(
            environment: environment, output: { said.output.append($0) }, errors: { said.errors.append($0) },
            outputIsTerminal: isTerminal, errorsAreTerminal: isTerminal, size: { (columns, 40) })
        console.registry = testRegistry
        status = await DistilabelCommand.run(arguments, in: console)
        output = said.output.text
        errors = said.errors.text
    }

    private final class Words: Sendable {
        let output = Collected()
        let errors = Collected()
    }

    private final class Collected: Sendable {
        private let parts = Mutex<String>("")
        var text: String { parts.withLock { $0 } }
        func append(_ part: String) { parts.withLock { $0 += part } }
    }
}

/// A folder that goes with the test.
final class TemporaryFolder {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "distilabel-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and gives its path.
    func file(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: path + "/" + name))
        return path + "/" + name
    }

    /// What a file holds.
    func read(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

    /// The names in it, those that begin with a dot too.
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}
