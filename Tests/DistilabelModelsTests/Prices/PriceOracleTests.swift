import DistilabelModels
import DistilabelTesting
import Foundation
import Testing

/// The prices that ship are those that the Python package genai-prices states on the day of the test.
struct PriceOracleTests {
    /// Reads `provider<tab>model` lines, answers with dollars per million tokens of input, output and kept input, or
    /// `?`.
    private static let script = """
        import sys
        from genai_prices import Usage, calc_price
        def dollars(line, **usage):
            provider, model = line
            try:
                total = calc_price(Usage(**usage), model, provider_id=provider).total_price
            except LookupError:
                return "?"
            return str(round(float(total) * 1000, 6))
        for line in sys.stdin:
            line = line.rstrip("\\n").split("\\t")
            print(dollars(line, input_tokens=1000), dollars(line, output_tokens=1000),
                  dollars(line, input_tokens=1000, cache_read_tokens=1000))
        """

    private static let python: String? = {
        guard let path = ProcessInfo.processInfo.environment["DISTILABEL_PYTHON"] else { return nil }
        return (try? run(path, "import genai_prices", input: "")) == nil ? nil : path
    }()

    private static func run(_ python: String, _ script: String, input: String) throws -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", script]
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = FileHandle.nullDevice
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let output = stdout.fileHandleForReading.readWhole()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(decoding: output, as: UTF8.self) : nil
    }

    @Test(.enabled(if: python != nil, "set DISTILABEL_PYTHON to a Python with genai-prices"))
    func shippedPricesAreThoseOfAnotherList() throws {
        let python = try #require(Self.python)
        let entries = PriceTable.known.entries
        let input = entries.map { "\($0.provider ?? "")\t\($0.model)\n" }.joined()
        let answers = try #require(try Self.run(python, Self.script, input: input)).split(separator: "\n")
        try #require(answers.count == entries.count)
        for (entry, answer) in zip(entries, answers) {
            let numbers = answer.split(separator: " ").map { Double($0) }
            let name = "\(entry.provider ?? "") \(entry.model): \(answer)"
            guard numbers.count == 3, let input = numbers[0], let output = numbers[1], let cached = numbers[2] else {
                Issue.record("no price of \(name)")
                continue
            }
            let isCachedKnown = entry.price.cachedInput != nil
            let stated = Price(perMillionInput: input, output: output, cachedInput: isCachedKnown ? cached : nil)
            #expect(entry.price == stated, "\(name)")
        }
    }
}
