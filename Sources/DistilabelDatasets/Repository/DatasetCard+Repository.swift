extension DatasetCard {
    /// The card of a repository.
    ///
    /// - Parameters:
    ///   - existing: The text of the card that is there already; what it says beyond this one stays.
    ///   - local: The text of the card in the folder that the rows come from. Its page knows how the dataset was made, so it takes the
    ///     place of this card's own.
    /// - Throws: `YAMLError` where the front matter of one of them cannot be read.
    public func text(merging existing: String?, pageOf local: String?) throws -> String {
        let text = try text(merging: existing ?? local)
        guard let local, let page = Self.ownPart(of: local), let place = Self.ownPart(of: text) else { return text }
        let shown = page.replacing(
            "load_dataset(\"\(Self.folderPlaceholder)\"",
            with: "load_dataset(\"\(repository ?? Self.folderPlaceholder)\"")
        return String(text[..<place.startIndex]) + shown + text[place.endIndex...]
    }

    /// What a card of ours wrote on a page, its marks included.
    private static func ownPart(of text: String) -> Substring? {
        guard let from = text.firstRange(of: start), let to = text[from.upperBound...].firstRange(of: end) else {
            return nil
        }
        return text[from.lowerBound..<to.upperBound]
    }
}
