import DistilabelTesting
import Foundation
import Synchronization

/// The mock server as a process of its own, so that the command and Python's distilabel are measured against the same one.
///
///     mock-llm-server [--delay-ms N] [--slow-every N --slow-ms N] [--log-normal-ms N]
///
/// It prints its base URL. What it answers depends on the model: `asker` gives five instructions, `judge` two ratings, any other some
/// sentences of about 400 characters. `GET /count` gives the number of chat requests.
@main
enum Main {
    static func main() async throws {
        let options = options()
        let delay = Duration.milliseconds(options["--delay-ms"] ?? 0)
        let slowDelay = Duration.milliseconds(options["--slow-ms"] ?? 0)
        let slowEvery = options["--slow-every"] ?? 0
        let median = Double(options["--log-normal-ms"] ?? 0)
        let calls = Atomic<Int>(0)
        let server = try await MockLLMServer.start(keeping: 0) { request in
            if request.path.hasSuffix("/count") {
                return MockAnswer(body: Array("\(calls.load(ordering: .relaxed))".utf8))
            }
            guard request.method == "POST" else { return .models("asker", "writer", "judge") }
            let number = calls.add(1, ordering: .relaxed).newValue
            if median > 0 {
                // Sigma 0.8, as answers of models are spread.
                let normal = (-2 * log(Double.random(in: 1e-9..<1))).squareRoot() * cos(2 * .pi * .random(in: 0..<1))
                return Answers.answer(to: request).delayed(.milliseconds(median * exp(0.8 * normal)))
            }
            let isSlow = slowEvery > 0 && number % slowEvery == 0
            return Answers.answer(to: request).delayed(isSlow ? slowDelay : delay)
        }
        try FileHandle.standardOutput.write(contentsOf: Data((server.baseURL + "\n").utf8))
        // Until it is ended by a signal.
        while true { try await Task.sleep(for: .seconds(3600)) }
    }

    /// Pairs of a name and a number.
    private static func options() -> [String: Int] {
        let words = CommandLine.arguments.dropFirst()
        return Dictionary(zip(words, words.dropFirst()).compactMap { name, value in Int(value).map { (name, $0) } }) {
            $1
        }
    }
}

/// The answers, made once.
private enum Answers {
    static let instructions = MockAnswer.chatCompletion(
        text: (1...5).map { "Explain fact number \($0) about this topic and give an example." }.joined(separator: "\n"),
        model: "asker", promptTokens: 200, completionTokens: 60)
    static let ratings = MockAnswer.chatCompletion(
        text: "Rating: 4\nRationale: Right, and clearly put.\n\nRating: 2\nRationale: It leaves out the reason.",
        model: "judge", promptTokens: 500, completionTokens: 40)
    static let text = MockAnswer.chatCompletion(
        text: String(repeating: "A prime number has exactly two divisors, itself and one. ", count: 7), model: "writer",
        promptTokens: 30, completionTokens: 90)

    static func answer(to request: MockRequest) -> MockAnswer {
        switch true {
        case contains(request, Array("\"asker\"".utf8)): instructions
        case contains(request, Array("\"judge\"".utf8)): ratings
        default: text
        }
    }

    /// Whether a request holds a model's name; where a client writes it is its own affair.
    private static func contains(_ request: MockRequest, _ name: [UInt8]) -> Bool {
        request.body.withUnsafeBytes { body in
            guard body.count >= name.count else { return false }
            return (0...(body.count - name.count)).contains { start in
                body[start] == name[0] && name.indices.allSatisfy { body[start + $0] == name[$0] }
            }
        }
    }
}
