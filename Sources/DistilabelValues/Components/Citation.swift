/// A paper or a program that whoever uses a method should name, with the facts that BibTeX wants.
public struct Citation: Sendable, Hashable {
    /// The entry's key in a bibliography: the first author, the year and a word of the title, `wang2022selfinstruct`.
    public var key: String
    /// The title.
    public var title: String
    /// The authors, `Family, Given`, in the order of the paper.
    public var authors: [String]
    /// The year of its first version.
    public var year: Int
    /// Its number at arXiv, `2212.10560`; nil for what is not there.
    public var arXiv: String?
    /// Where it can be read.
    public var url: String

    /// Makes the citation of any page.
    public init(key: String, title: String, authors: [String], year: Int, url: String) {
        self.key = key
        self.title = title
        self.authors = authors
        self.year = year
        self.url = url
    }

    /// Makes the citation of a paper at arXiv.
    public init(key: String, title: String, authors: [String], year: Int, arXiv: String) {
        self.init(key: key, title: title, authors: authors, year: year, url: "https://arxiv.org/abs/\(arXiv)")
        self.arXiv = arXiv
    }

    /// The entry as a bibliography has it; characters outside ASCII stand as they are.
    public var bibTeX: String {
        var fields = [("title", "{\(title)}"), ("author", authors.joined(separator: " and ")), ("year", String(year))]
        if let arXiv { fields += [("eprint", arXiv), ("archivePrefix", "arXiv")] }
        fields.append(("url", url))
        let lines = fields.map { "  \($0.0) = {\($0.1)}" }
        return "@misc{\(key),\n" + lines.joined(separator: ",\n") + "\n}"
    }
}
