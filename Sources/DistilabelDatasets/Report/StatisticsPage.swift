/// Statistics as one page of HTML: tables, and plots in SVG, with nothing loaded from elsewhere and no script.
///
/// All that comes from the data is escaped, and the page forbids by its policy what is not in it.
public struct StatisticsPage: Sendable, Hashable {
    /// The statistics of a split.
    public struct Part: Sendable, Hashable {
        /// The configuration.
        public var configuration: String
        /// The split.
        public var split: String
        /// What is in it.
        public var statistics: DatasetStatistics

        /// Names the statistics.
        public init(configuration: String, split: String, statistics: DatasetStatistics) {
            self.configuration = configuration
            self.split = split
            self.statistics = statistics
        }
    }

    /// What the page is about, such as the folder.
    public var title: String
    /// The splits, in order.
    public var parts: [Part]

    /// Makes a page.
    public init(title: String, parts: [Part]) {
        self.title = title
        self.parts = parts
    }

    /// Writes the page; a file of that name is replaced once the new one is whole.
    ///
    /// - Throws: `DatasetError` where it cannot be written.
    public func write(to path: String) throws {
        guard POSIX.kind(path) != .folder else {
            throw DatasetError(.notWritable, "\(path) is a folder; name a file in it, such as \(path)/report.html")
        }
        let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        let partial = "\(path[..<cut]).\(path[cut...]).partial-\(POSIX.processIdentifier)"
        do {
            var file = try OutputFile(path: partial)
            try file.append { $0.append(contentsOf: html.utf8) }
            try file.finish()
            try POSIX.rename(partial, to: path)
        } catch let error as DatasetError {
            POSIX.removeFile(partial)
            guard error.code == .notFound else { throw error }
            throw DatasetError(.notWritable, "\(path): the folder is missing; make it first")
        }
    }

    /// The page.
    public var html: String {
        var page = HTMLText()
        let name = HTMLText.escaped(title)
        page.raw(
            """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(name): statistics</title><style>\(PageStyle.css)</style></head><body>
            <h1>\(name)</h1>
            """)
        page.raw(HTMLText.element("p", "What is in the dataset, made by distilabel dataset stats.", class: "quiet"))
        for part in parts { PageSection(part: part).write(to: &page) }
        page.raw("</body></html>")
        return page.text
    }
}
