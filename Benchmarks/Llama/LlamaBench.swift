import Distilabel
import Foundation

/// The settings of a run, given as name=value: sequences, workers, threads, context, requests, tokens (most in an
/// answer), prefix (own or shared), json (1 constrains the answers), show (1 prints them).
struct Settings: Sendable {
    var values: [String: String] = [:]
    func int(_ name: String) -> Int? { values[name].flatMap(Int.init) }
}

let topics = [
    "primes", "groups", "limits", "matrices", "graphs", "sets", "knots", "series", "fractals", "angles", "circles",
    "vectors",
    "integrals", "logic", "chance", "symmetry",
]
let rules = """
    You write exercises for a course in mathematics. Every answer is one paragraph of plain English. Say what the idea is, why it \
    matters and where it is used. Give one small example with numbers, and check it step by step. Do not use lists, headings or links. \
    Do not repeat the question. Do not apologise, and do not speak of yourself. Keep to the topic that the user names, and write for a \
    reader who knows school algebra but nothing more. If a symbol is needed, explain it when it first appears. Prefer short words to long \
    ones, and prefer one clear claim to two vague ones. Close with a question that the reader can try alone.
    """

/// Measures LlamaEngine: many requests at once, tokens a second.
@main
struct LlamaBench {
    static func main() async throws {
        var settings = Settings()
        for argument in CommandLine.arguments.dropFirst(2) {
            let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { settings.values[parts[0]] = parts[1] }
        }
        let given = settings
        let model = try LlamaModel(path: CommandLine.arguments[1], gpuLayers: 0)
        let engine = try await LlamaEngine(
            model: model,
            options: LlamaEngineOptions(
                sequences: settings.int("sequences") ?? 8, contextLength: settings.int("context"),
                workers: settings.int("workers"), threads: settings.int("threads")))
        let count = settings.int("requests") ?? 32
        let prefix = settings.values["prefix"] ?? "own"
        let schema: Value = [
            "type": "object",
            "properties": [
                "title": ["type": "string", "maxLength": 40], "level": ["type": "integer", "minimum": 1, "maximum": 5],
            ],
            "required": ["title", "level"],
        ]
        let clock = ContinuousClock()
        let start = clock.now
        let processorStart = Foundation.clock()
        var generated = 0, prompts = 0, shared = 0
        try await withThrowingTaskGroup(of: LlamaCompletion.self) { group in
            for index in 0..<count {
                let topic = topics[index % topics.count]
                let user = "Number \(index): write about \(topic)."
                let messages =
                    prefix == "own"
                    ? [
                        LlamaMessage(role: "system", content: "\(topic) \(index)."),
                        LlamaMessage(role: "user", content: user),
                    ]
                    : [LlamaMessage(role: "system", content: rules), LlamaMessage(role: "user", content: user)]
                group.addTask {
                    try await engine.generate(
                        LlamaRequest(
                            .messages(messages), maxTokens: given.int("tokens") ?? 64,
                            sampling: LlamaSampling(temperature: 0.8, topP: 0.95, seed: UInt64(index)),
                            constraint: given.int("json") == 1 ? .jsonSchema(schema) : nil))
                }
            }
            for try await completion in group {
                generated += completion.completionTokens
                prompts += completion.promptTokens
                shared += completion.sharedTokens
                if settings.int("show") == 1 { print(completion.text) }
            }
        }
        let elapsed = (clock.now - start) / .seconds(1)
        // POSIX counts a million to the second. On a busy machine only these figures can be compared.
        let processor = Double(Foundation.clock() - processorStart) / 1_000_000
        print(
            "requests \(count) prompt \(prompts) shared \(shared) generated \(generated) seconds \(elapsed) "
                + "generated/s \(Int(Double(generated) / elapsed)) cpu \(processor) generated/cpu-s \(Double(generated) / processor)"
        )
    }
}
