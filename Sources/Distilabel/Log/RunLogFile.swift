internal import DistilabelValues
internal import Foundation
internal import Logging
internal import Synchronization

/// The log of a run as it goes: a file beside the journal, which is there however the run ends, and whatever the program has set up for swift-log.
final class RunLogFile: Sendable {
    private let file: Mutex<FileHandle?>
    private let logger: Logger?

    /// Opens the file; a log that cannot be written stops no run.
    init(path: String?, logger: Logger?) {
        self.logger = logger
        guard let path else {
            file = Mutex(nil)
            return
        }
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        file = Mutex(FileHandle(forWritingAtPath: path))
    }

    /// Takes lines of the run's log.
    func record(_ lines: [LogLine]) {
        let text = lines.map { $0.text + "\n" }.joined()
        file.withLock { try? $0?.write(contentsOf: Data(text.utf8)) }
        guard let logger else { return }
        for line in lines {
            let level: Logger.Level =
                switch line.level {
                case .info: .info
                case .warning: .warning
                case .error: .error
                }
            var metadata: Logger.Metadata = ["event": .string(line.event)]
            for (key, value) in line.fields { metadata[key] = .string(value.stringValue ?? "\(value)") }
            logger.log(level: level, "\(line.message)", metadata: metadata)
        }
    }
}
