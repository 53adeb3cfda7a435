internal import DistilabelValues

extension DatasetCard {
    static let start = "<!-- distilabel: what stands between these marks is written anew -->"
    static let end = "<!-- distilabel: end -->"

    /// The whole file.
    ///
    /// - Parameter existing: The text of the file that this one takes the place of. What it says beyond this card stays: other keys
    ///   of its front matter, other configurations and tags, and its page but for the part that an earlier card wrote. A page that
    ///   has no such part gets it at the end.
    /// - Throws: `YAMLError` where the front matter of the existing file cannot be read.
    public func text(merging existing: String? = nil) throws -> String {
        let ours = "\(Self.start)\n\n\(body)\n\(Self.end)\n"
        guard let existing else { return Self.page(metadata, ours) }
        let (before, page) = try Self.parts(of: existing)
        return Self.page(merged(into: before), Self.placed(ours, in: page))
    }

    private static func page(_ metadata: Value.Object, _ page: String) -> String {
        "---\n" + YAMLCoding.text(of: .object(metadata)) + "---\n\n" + page
    }

    /// The front matter and the page of a card.
    static func parts(of text: String) throws -> (metadata: Value.Object, page: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        func isMark(_ line: Substring) -> Bool { line == "---" || line == "---\r" }
        guard let first = lines.first, isMark(first), let last = lines.dropFirst().firstIndex(where: isMark) else {
            return ([:], text)
        }
        let yaml = lines[1..<last].joined(separator: "\n")
        let page = lines[(last + 1)...].joined(separator: "\n")
        return (try YAMLCoding.parse(yaml, file: "README.md").objectValue ?? [:], page)
    }

    private static func placed(_ ours: String, in page: String) -> String {
        guard let from = page.firstRange(of: start), let to = page[from.upperBound...].firstRange(of: end) else {
            let text = page.drop(while: \.isWhitespace)
            guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return ours }
            return text[...last] + "\n\n" + ours
        }
        let after = page[to.upperBound...].drop(while: \.isWhitespace)
        return page[..<from.lowerBound].drop(while: \.isWhitespace) + ours + (after.isEmpty ? "" : "\n" + after)
    }

    private func merged(into before: Value.Object) -> Value.Object {
        var merged = before
        let own = metadata
        merged["size_categories"] = own["size_categories"]
        let known = before["tags"]?.arrayValue ?? []
        merged["tags"] = .array(known + tags.map(Value.string).filter { !known.contains($0) })
        // These two come last, since they are long.
        for key in ["dataset_info", "configs"] {
            let earlier = Self.entries(before[key])
            merged[key] = nil
            var entries = earlier
            for entry in Self.entries(own[key]) {
                let name = Self.name(of: entry)
                if let place = entries.firstIndex(where: { Self.name(of: $0) == name }) {
                    // What somebody has added to a configuration, such as `default: true`, stays.
                    let added = entries[place].filter { !Self.measured.contains($0.key) }
                    entries[place] = entry.merging(added) { new, _ in new }
                } else {
                    entries.append(entry)
                }
            }
            if entries.isEmpty { continue }
            let isLone = key == "dataset_info" && entries.count == 1 && Self.name(of: entries[0]) == "default"
            merged[key] =
                isLone
                ? .object(entries[0].filter { $0.key != "config_name" })
                : .array(
                    entries.map { entry in
                        var named: Value.Object = ["config_name": .string(Self.name(of: entry))]
                        named.merge(entry) { own, _ in own }
                        return .object(named)
                    })
        }
        return merged
    }

    /// What a card says of a configuration's files, and what is wrong of other files.
    private static let measured: Set = ["features", "splits", "download_size", "dataset_size"]

    /// The configurations of a key that holds one or a list of them.
    private static func entries(_ value: Value?) -> [Value.Object] {
        switch value {
        case .object(let object): [object]
        case .array(let values): values.compactMap(\.objectValue)
        default: []
        }
    }

    private static func name(of entry: Value.Object) -> String { entry["config_name"]?.stringValue ?? "default" }
}
