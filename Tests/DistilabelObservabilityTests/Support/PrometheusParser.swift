import DistilabelTesting
import Foundation

/// What Python's `prometheus_client` reads out of a text or a page: a parser that we did not write.
enum PrometheusParser {
    /// A sample as it reads it.
    struct Sample: Decodable, Hashable {
        let name: String
        let labels: [String: String]
        /// Text, since JSON has no infinity.
        let value: String

        init(_ name: String, _ labels: [String: String], _ value: String) {
            self.name = name
            self.labels = labels
            self.value = value
        }
    }

    /// A family as it reads it.
    struct Family: Decodable {
        let name: String
        let type: String
        let documentation: String
        let samples: [Sample]
    }

    /// A Python with `prometheus_client`, named by `DISTILABEL_PYTHON`; nil where there is none.
    static let python: String? = {
        guard let path = ProcessInfo.processInfo.environment["DISTILABEL_PYTHON"], !path.isEmpty else { return nil }
        return (try? output(of: path, "import prometheus_client", [])) == nil ? nil : path
    }()

    static var isAvailable: Bool { python != nil }

    /// The families of a text.
    static func families(of text: String) throws -> [Family] {
        try read("text = open(sys.argv[1], newline='').read()", text)
    }

    /// The families of a page, fetched as Prometheus does, whose content type must be the format's.
    ///
    /// Waits on a thread of its own, so that a server of this process can answer meanwhile.
    static func families(at address: String) async throws -> [Family] {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try read(fetching, address) }) }
        }
    }

    private static let fetching = """
        import urllib.request
        with urllib.request.urlopen(open(sys.argv[1]).read()) as page:
            assert page.headers['Content-Type'].startswith('text/plain; version=0.0.4'), page.headers
            text = page.read().decode('utf-8')
        """

    private static let printing = """
        from prometheus_client.parser import text_string_to_metric_families as parse
        print(json.dumps([{'name': f.name, 'type': f.type, 'documentation': f.documentation, 'samples':
            [{'name': s.name, 'labels': s.labels, 'value': repr(float(s.value))} for s in f.samples]}
            for f in parse(text)]))
        """

    private static func read(_ source: String, _ input: String) throws -> [Family] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("metrics-\(UUID().uuidString).txt")
        try Data(input.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let script = "import json, sys\n\(source)\n\(printing)"
        return try JSONDecoder().decode([Family].self, from: output(of: python ?? "", script, [file.path]))
    }

    private struct Failure: Error {
        let text: String
    }

    private static func output(of path: String, _ script: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["-c", script] + arguments
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let data = output.fileHandleForReading.readWhole()
        let text = errors.fileHandleForReading.readWhole()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(text: String(decoding: text, as: UTF8.self)) }
        return data
    }
}
