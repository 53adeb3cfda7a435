/// A pattern of paths: `*` and `?` within a folder, `**` over folders, `[abc]`.
struct PathPattern {
    private let parts: [[Character]]

    init(_ pattern: String) { parts = pattern.split(separator: "/").filter { $0 != "." }.map(Array.init) }

    /// Whether a path is meant.
    func matches(_ path: String) -> Bool {
        Self.matches(parts[...], path.split(separator: "/").map(Array.init)[...])
    }

    private static func matches(_ pattern: ArraySlice<[Character]>, _ path: ArraySlice<[Character]>) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        if first == ["*", "*"] {
            return matches(pattern.dropFirst(), path) || (!path.isEmpty && matches(pattern, path.dropFirst()))
        }
        guard let name = path.first, matches(word: first[...], name[...]) else { return false }
        return matches(pattern.dropFirst(), path.dropFirst())
    }

    /// One name: after a star that did not fit, the rest is tried one character further on, and no other star need be tried again.
    private static func matches(word pattern: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
        var pattern = pattern
        var name = name
        var star: (pattern: ArraySlice<Character>, name: ArraySlice<Character>)?
        while true {
            if pattern.first == "*" {
                pattern = pattern.dropFirst()
                star = (pattern, name)
                continue
            }
            if let next = name.first, let rest = step(pattern, over: next) {
                pattern = rest
                name = name.dropFirst()
                continue
            }
            if name.isEmpty, pattern.isEmpty { return true }
            guard let last = star, !last.name.isEmpty else { return false }
            star = (last.pattern, last.name.dropFirst())
            (pattern, name) = (last.pattern, last.name.dropFirst())
        }
    }

    /// The pattern behind what stands for a character; nil where something else stands there.
    private static func step(_ pattern: ArraySlice<Character>, over character: Character) -> ArraySlice<Character>? {
        guard let first = pattern.first else { return nil }
        if first == "[", let end = pattern.dropFirst(2).firstIndex(of: "]") {
            var set = pattern[(pattern.startIndex + 1)..<end]
            let isNegative = set.first == "!" || set.first == "^"
            if isNegative { set = set.dropFirst() }
            return contains(set, character) != isNegative ? pattern[(end + 1)...] : nil
        }
        return first == "?" || first == character ? pattern.dropFirst() : nil
    }

    private static func contains(_ set: ArraySlice<Character>, _ character: Character) -> Bool {
        var rest = set
        while let first = rest.popFirst() {
            if rest.first == "-", let last = rest.dropFirst().first {
                if first <= last, (first...last).contains(character) { return true }
                rest = rest.dropFirst(2)
            } else if first == character {
                return true
            }
        }
        return false
    }
}
