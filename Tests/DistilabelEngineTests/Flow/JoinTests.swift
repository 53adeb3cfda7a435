import DistilabelValues
import Testing

@testable import DistilabelEngine

struct LineageJoinTests {
    private func places(_ matches: [LineageJoin.Match]) -> [[String?]] {
        matches.map { $0.rows.map { $0?["place"]?.stringValue } }
    }

    @Test func bringsRowsTogetherAsSoonAsAllAreThere() {
        var join = LineageJoin(branches: 2)
        #expect(join.add(packet([Lineage(root: 1), Lineage(root: 0)]), from: 0).matches.isEmpty)
        #expect(places(join.add(packet([Lineage(root: 0)]), from: 1).matches) == [["0", "0"]])
        #expect(places(join.add(packet([Lineage(root: 1)]), from: 1).matches) == [["1", "1"]])
    }

    @Test func leavesARowAloneThatAnotherBranchDropped() {
        var join = LineageJoin(branches: 2)
        _ = join.add(packet([Lineage(root: 0)]), from: 0)
        #expect(places(join.add(packet([], dropped: [Lineage(root: 0)]), from: 1).matches) == [["0", nil]])
    }

    @Test func passesOnThatAllBranchesDroppedARow() {
        var join = LineageJoin(branches: 2)
        _ = join.add(packet([], dropped: [Lineage(root: 0)]), from: 0)
        let outcome = join.add(packet([], dropped: [Lineage(root: 0)]), from: 1)
        #expect(outcome.matches.isEmpty)
        #expect(outcome.dropped == [Lineage(root: 0)])
    }

    @Test func givesEachOfSeveralRowsTheOneTheyWereMadeOf() {
        var join = LineageJoin(branches: 2)
        let children = Lineage(root: 0).children(count: 2)
        _ = join.add(packet([children[0]]), from: 0)
        _ = join.add(packet([Lineage(root: 0)]), from: 1)
        #expect(places(join.add(packet([children[1]]), from: 0).matches) == [["0.0", "0"], ["0.1", "0"]])
    }

    @Test func leavesTheSurplusOfALongerBranchAlone() {
        var join = LineageJoin(branches: 2)
        _ = join.add(packet(Lineage(root: 0).children(count: 3)), from: 0)
        let matches = places(join.add(packet(Lineage(root: 0).children(count: 2)), from: 1).matches)
        #expect(matches == [["0.0", "0.0"], ["0.1", "0.1"], ["0.2", nil]])
    }
}

struct PositionalJoinTests {
    @Test func bringsTheFirstTogetherWithTheFirst() {
        var join = PositionalJoin(branches: 2)
        #expect(join.add(packet([Lineage(root: 1)]), from: 0).isEmpty)
        #expect(join.add(packet([Lineage(root: 0)]), from: 1).isEmpty)
        let together = join.add(packet([Lineage(root: 0)]), from: 0)
        #expect(together.map { $0.map { $0?["place"]?.stringValue } } == [["0", "0"]])
    }

    @Test func leavesTheSurplusOfALongerBranchAloneAtTheEnd() {
        var join = PositionalJoin(branches: 2)
        _ = join.add(packet([Lineage(root: 0), Lineage(root: 1)]), from: 0)
        _ = join.add(packet([Lineage(root: 0)]), from: 1)
        #expect(join.end(0).isEmpty)
        #expect(join.end(1).map { $0.map { $0?["place"]?.stringValue } } == [["1", nil]])
    }
}
