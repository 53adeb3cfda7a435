import DistilabelTemplates
import Testing

/// Random and mutated templates end: with a text or an error.
struct TemplateFuzzTests {
    /// A small generator with a seed (Marsaglia's xorshift).
    struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }

    static let pieces = [
        "{{", "}}", "{%", "%}", "{#", "#}", "-", "+", "if", "else", "endif", "for", "in", "endfor", "set", "macro",
        "endmacro",
        "call", "endcall", "raw", "endraw", "filter", "with", "items", "name", "n", "d", "users", "loop", ".", "index",
        "|", "upper", "join", "map", "sort", "tojson", "(", ")", "[", "]", "{", "}", ":", ",", "=", "==", "<", "~", "*",
        "**",
        "//", "%", "1", "0", "2.5", "99", "'a'", "\"b\"", "'", "\\", " ", "\n", "is", "not", "defined", "odd", "and",
        "or",
        "range", "namespace", "é", "🎉", "\u{301}", "none", "true", "format", "'{:>9}'", "'%5d'", "groupby", "batch",
    ]

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func nothingCrashesOrHangs(seed: UInt64) {
        var random = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15 | 1)
        let corpus = expressionCases + filterCases + statementCases
        let limits = RenderLimits(maximumOutputBytes: 1 << 16, maximumSteps: 5_000)
        var rendered = 0
        for round in 0..<1_500 {
            var source: [String]
            if round % 3 == 0 {
                source = (0..<Int.random(in: 1...25, using: &random)).map { _ in
                    (Self.pieces.randomElement(using: &random) ?? "") + " "
                }
            } else {
                source = (corpus.randomElement(using: &random) ?? "").map(String.init)
                for _ in 0..<Int.random(in: 1...3, using: &random) where !source.isEmpty {
                    let place = source.indices.randomElement(using: &random) ?? 0
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: source.remove(at: place)
                    case 1: source.insert(Self.pieces.randomElement(using: &random) ?? "", at: place)
                    default: source[place] = Self.pieces.randomElement(using: &random) ?? ""
                    }
                }
            }
            if let text = try? Template(source.joined()).render(oracleContext, limits: limits) {
                #expect(text.utf8.count <= limits.maximumOutputBytes)
                rendered += 1
            }
        }
        #expect(rendered > 100)
    }
}
