import Distilabel
import Foundation

// Measures one step without models, for Benchmarks/Steps/run:
//
//     steps-bench minhash FILE                    texts, one a line
//     steps-bench neighbours FILE COUNT DIMENSION K [FACTORY]   float32 numbers, vector by vector
//
// Prints one line of JSON: the seconds, and what is needed to see that the answer is right.

let arguments = CommandLine.arguments.dropFirst()
let context = StepContext(stepName: "step")
let clock = ContinuousClock()

func print(_ seconds: Duration, _ more: Value.Object) {
    var object: Value.Object = ["seconds": .double(seconds / .seconds(1))]
    for (key, value) in more { object[key] = value }
    Swift.print(JSON.string(.object(object)))
}

switch Array(arguments) {
case let words where words.first == "minhash" && words.count == 2:
    let rows = try String(contentsOfFile: words[1], encoding: .utf8).split(separator: "\n").map {
        Row(["text": .string(String($0))])
    }
    let step = MinHashDedup(threshold: 0.9, tokenizer: .ngrams, n: 5)
    let start = clock.now
    var kept: [Value] = []
    for begin in stride(from: 0, to: rows.count, by: 1000) {
        let made = try await step.process(Array(rows[begin..<min(rows.count, begin + 1000)]), in: context)
        kept += made.map { $0["keep_row_after_minhash_filtering"] ?? .null }
    }
    print(start.duration(to: clock.now), ["kept": .array(kept)])
case let words where words.first == "neighbours" && words.count >= 5:
    let (count, dimension, k) = (Int(words[2]) ?? 0, Int(words[3]) ?? 0, Int(words[4]) ?? 1)
    var rows: [Row] = []
    rows.reserveCapacity(count)
    let data = try Data(contentsOf: URL(filePath: words[1]), options: .alwaysMapped)
    data.withUnsafeBytes { bytes in
        let numbers = bytes.bindMemory(to: Float.self)
        for row in 0..<count {
            let vector = numbers[row * dimension..<(row + 1) * dimension].map { Value.double(Double($0)) }
            rows.append(Row(["embedding": .array(vector)]))
        }
    }
    let step = FaissNearestNeighbour(k: k, metricType: 1, stringFactory: words.count > 5 ? words[5] : nil)
    let start = clock.now
    let made = try await step.process(rows, in: context)
    print(start.duration(to: clock.now), ["indices": .array(made.map { $0["nn_indices"] ?? .null })])
default:
    Swift.print("steps-bench minhash FILE | neighbours FILE COUNT DIMENSION K [FACTORY]")
    exit(2)
}
