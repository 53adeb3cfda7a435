/// Cuts English texts into words and signs as the Penn Treebank does.
///
/// White space separates; signs stand for themselves; `don't` is `do` and `n't`; a full stop is a sign of its own at the end of a
/// sentence only. Where sentences end is told by a rule (what follows begins with a capital or a sign, and what the stop stands behind is
/// no initial and no common abbreviation), not by a trained model as in Python's nltk.
///
/// Conventions: https://www.cis.upenn.edu/~bies/manuals/tagman.pdf
enum TreebankWords {
    /// The words and signs, in order, as UTF-8.
    static func words(of text: String) -> [[UInt8]] {
        let chunks = Array(text.utf8).split(whereSeparator: { $0 == 32 || (9...13).contains($0) })
        var words: [[UInt8]] = []
        for (place, chunk) in chunks.enumerated() {
            let next = place + 1 < chunks.count ? chunks[place + 1] : nil
            cut(chunk, before: next, into: &words)
        }
        return words
    }

    /// Signs that are always by themselves.
    private static let signs = Set(";@#$%&?!*[](){}<>".utf8)
    /// Quotation marks beyond ASCII: « » ‘ ’ “ ” „.
    private static let quotes: [[UInt8]] = ["«", "»", "‘", "’", "“", "”", "„"].map { Array($0.utf8) }
    private static let closing = Set("])}>\"'".utf8)
    private static let endings: [[UInt8]] = ["'s", "'m", "'d", "'ll", "'re", "'ve", "n't", "'"].map { Array($0.utf8) }
    private static let joined: [[UInt8]: Int] = Dictionary(
        uniqueKeysWithValues: [
            ("cannot", 3), ("gimme", 3), ("gonna", 3), ("gotta", 3), ("lemme", 3), ("wanna", 3), ("d'ye", 1),
            ("more'n", 4), ("'tis", 2), ("'twas", 2),
        ].map { (Array($0.0.utf8), $0.1) })
    private static let abbreviations = Set(
        ["mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "inc", "ltd", "co", "jr", "sr", "no", "fig", "al"]
            .map { Array($0.utf8) })

    /// Cuts what stands between white space.
    private static func cut(_ chunk: ArraySlice<UInt8>, before next: ArraySlice<UInt8>?, into words: inout [[UInt8]]) {
        let stop = endsSentence(chunk, before: next) ? chunk.lastIndex(of: UInt8(ascii: ".")) : nil
        var start = chunk.startIndex
        var place = chunk.startIndex
        func flush(upTo end: Int) {
            if start < end { split(chunk[start..<end], into: &words) }
        }
        while place < chunk.endIndex {
            let length = signLength(in: chunk, at: place, stop: stop)
            guard length > 0 else {
                place += 1
                continue
            }
            flush(upTo: place)
            words.append(
                sign(chunk[place..<place + length], opensAt: place == chunk.startIndex || isOpening(chunk[place - 1])))
            place += length
            start = place
        }
        flush(upTo: chunk.endIndex)
    }

    private static func isOpening(_ byte: UInt8) -> Bool { "([{<".utf8.contains(byte) }

    /// A sign as it stands among the words: a straight quotation mark as the Treebank writes it.
    private static func sign(_ bytes: ArraySlice<UInt8>, opensAt isOpening: Bool) -> [UInt8] {
        guard bytes.elementsEqual([UInt8(ascii: "\"")]) else { return Array(bytes) }
        return Array((isOpening ? "``" : "''").utf8)
    }

    /// How many bytes the sign at a place has; 0 where there is none.
    private static func signLength(in chunk: ArraySlice<UInt8>, at place: Int, stop: Int?) -> Int {
        let byte = chunk[place]
        let rest = chunk[place...]
        switch byte {
        case UInt8(ascii: "\""): return 1
        case UInt8(ascii: ","), UInt8(ascii: ":"):
            return rest.dropFirst().first.map { (48...57).contains($0) } == true ? 0 : 1
        case UInt8(ascii: "."):
            let run = rest.prefix { $0 == byte }.count
            return run > 1 ? run : place == stop ? 1 : 0
        case UInt8(ascii: "-"): return rest.starts(with: "--".utf8) ? 2 : 0
        case UInt8(ascii: "'"): return rest.starts(with: "''".utf8) ? 2 : 0
        case UInt8(ascii: "`"): return rest.prefix { $0 == byte }.count
        case 0x80...: return quotes.first { rest.starts(with: $0) }?.count ?? 0
        default: return signs.contains(byte) ? 1 : 0
        }
    }

    /// Cuts a contraction into its words.
    private static func split(_ word: ArraySlice<UInt8>, into words: inout [[UInt8]]) {
        let lower = word.map { (65...90).contains($0) ? $0 | 32 : $0 }
        if let head = joined[lower] {
            words.append(Array(word.prefix(head)))
            words.append(Array(word.dropFirst(head)))
        } else if let ending = endings.first(where: { lower.count > $0.count && lower.suffix($0.count) == $0[...] }) {
            words.append(Array(word.dropLast(ending.count)))
            words.append(Array(word.suffix(ending.count)))
        } else {
            words.append(Array(word))
        }
    }

    /// Whether a chunk's last full stop ends a sentence.
    private static func endsSentence(_ chunk: ArraySlice<UInt8>, before next: ArraySlice<UInt8>?) -> Bool {
        var body = chunk
        while let last = body.last, closing.contains(last) { body.removeLast() }
        guard body.last == UInt8(ascii: ".") else { return false }
        body.removeLast()
        guard let next, let first = next.first else { return true }
        if (97...122).contains(first) { return false }
        let word = body.map { (65...90).contains($0) ? $0 | 32 : $0 }.filter { !"([{\"'".utf8.contains($0) }
        return word.count > 1 && !word.contains(UInt8(ascii: ".")) && !abbreviations.contains(word)
    }
}
