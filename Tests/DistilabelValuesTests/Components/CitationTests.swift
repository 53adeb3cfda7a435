import DistilabelValues
import Testing

struct CitationTests {
    @Test func papersAreFoundByTheirPage() {
        #expect(Citation.known(at: "https://arxiv.org/abs/2212.10560")?.key == "wang2022selfinstruct")
        #expect(Citation.known(at: "https://arxiv.org/pdf/2310.01377v2")?.key == "cui2023ultrafeedback")
        #expect(Citation.known(at: "https://arxiv.org/abs/0000.00000") == nil)
        #expect(Citation.known(at: "https://example.org/2212.10560") == nil)
    }

    @Test func aComponentCitesTheMethodThatItFollows() {
        let known = ComponentDocumentation(summary: "", source: "https://arxiv.org/abs/2305.18290")
        #expect(known.citations.map(\.key) == ["rafailov2023dpo"])
        #expect(ComponentDocumentation(summary: "", source: "https://example.org").citations.isEmpty)
        let own = Citation(key: "me2026", title: "Mine", authors: ["Me, A."], year: 2026, url: "https://example.org")
        let documentation = ComponentDocumentation(
            summary: "", source: "https://arxiv.org/abs/2305.18290", citations: [own])
        #expect(documentation.citations == [own])
        #expect(
            own.bibTeX == """
                @misc{me2026,
                  title = {{Mine}},
                  author = {Me, A.},
                  year = {2026},
                  url = {https://example.org}
                }
                """)
    }

    @Test func everyPaperCanBeCited() {
        let papers = Citation.papers
        #expect(Set(papers.map(\.key)).count == papers.count)
        #expect(Set(papers.compactMap(\.arXiv)).count == papers.count)
        for paper in papers {
            #expect(paper.authors.allSatisfy { $0.contains(", ") }, "\(paper.key)")
            // Numbers at arXiv begin with the year and the month.
            let text = paper.arXiv ?? ""
            #expect(text.wholeMatch(of: /\d{4}\.\d{5}/) != nil, "\(paper.key)")
            #expect(Int(text.prefix(2)).map { abs(2000 + $0 - paper.year) <= 1 } == true, "\(paper.key)")
            #expect(paper.bibTeX.count { $0 == "{" } == paper.bibTeX.count { $0 == "}" })
        }
    }
}
