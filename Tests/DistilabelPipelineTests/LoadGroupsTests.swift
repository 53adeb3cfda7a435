import DistilabelPipeline
import Testing

struct LoadGroupsTests {
    /// load → a → b → c, and load → d.
    private var pipeline: Pipeline {
        get throws {
            let load = Source().named("load")
            return try Pipeline("p") {
                load >>> Turn().named("a") >>> Turn(from: "text", to: "t2").named("b")
                    >>> Turn(from: "t2", to: "t3").named("c")
                load >>> Turn().named("d")
            }
        }
    }

    @Test(arguments: [
        (LoadGroups.together, [["load", "a", "d", "b", "c"]]),
        (.sequential, [["load"], ["a"], ["d"], ["b"], ["c"]]),
        (.groups([["b"]]), [["load", "a", "d"], ["b"], ["c"]]),
        (.groups([["a", "b"], ["c"]]), [["load", "d"], ["a", "b"], ["c"]]),
        (.groups([["a", "d"]]), [["load"], ["a", "d"], ["b", "c"]]),
        (.groups([]), [["load", "a", "d", "b", "c"]]),
    ])
    func putsStepsIntoStages(_ groups: LoadGroups, _ stages: [[String]]) throws {
        #expect(try pipeline.stages(groups).map { $0.map(\.name) } == stages)
    }

    @Test(arguments: [
        ([["a", "nobody"]], "'nobody'"), ([["a"], ["a", "b"]], "two load groups"), ([["a", "c"]], "come back to it"),
    ])
    func saysWhichGroupsCannotBe(_ groups: [[String]], _ message: String) {
        #expect { try pipeline.stages(.groups(groups)) } throws: { "\($0)".contains(message) }
    }
}
