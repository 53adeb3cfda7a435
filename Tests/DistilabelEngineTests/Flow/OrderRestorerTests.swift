import DistilabelTesting
import DistilabelValues
import Testing

@testable import DistilabelEngine

/// Rows whose one column tells their place.
func packet(_ lineages: [Lineage], dropped: [Lineage] = []) -> Packet {
    Packet(
        rows: RowChunk(lineages.map { ["place": .string(name(of: $0))] as Row }), lineages: lineages, dropped: dropped)
}

/// `3`, or `3.1` for the second row made of it.
func name(of lineage: Lineage) -> String {
    ([lineage.root] + lineage.parts.map { Int($0.index) }).map(String.init).joined(separator: ".")
}

func names(_ packet: Packet) -> [String] {
    (packet.rows[column: "place"] ?? []).compactMap(\.stringValue)
}

struct OrderRestorerTests {
    @Test func passesOnRowsThatAreInOrder() {
        var order = OrderRestorer()
        #expect(names(order.add(packet([Lineage(root: 0), Lineage(root: 1)]))) == ["0", "1"])
        #expect(names(order.add(packet([Lineage(root: 2)]))) == ["2"])
        #expect(order.firstOpenRoot == 3)
    }

    @Test func holdsBackWhatComesTooEarly() {
        var order = OrderRestorer()
        #expect(names(order.add(packet([Lineage(root: 2), Lineage(root: 1)]))).isEmpty)
        #expect(order.firstOpenRoot == 0)
        #expect(names(order.add(packet([Lineage(root: 0)]))) == ["0", "1", "2"])
        #expect(order.isEmpty)
    }

    @Test func waitsForAllRowsMadeOfOne() {
        var order = OrderRestorer()
        let children = Lineage(root: 0).children(count: 3)
        #expect(names(order.add(packet([children[2], Lineage(root: 1)]))).isEmpty)
        #expect(names(order.add(packet([children[0]]))) == ["0.0"])
        #expect(names(order.add(packet([children[1]]))) == ["0.1", "0.2", "1"])
    }

    @Test func doesNotWaitForRowsThatWereDropped() {
        var order = OrderRestorer()
        let children = Lineage(root: 0).children(count: 2)
        _ = order.add(packet([Lineage(root: 1)]))
        #expect(names(order.add(packet([children[1]], dropped: [children[0]]))) == ["0.1", "1"])
        #expect(names(order.add(packet([Lineage(root: 3)], dropped: [Lineage(root: 2)]))) == ["3"])
    }

    /// Random trees of rows, delivered in random order, come out in the order in which they were made.
    @Test(arguments: 0..<40) func restoresAnyOrder(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var all: [Lineage] = []
        var dropped: Set<Lineage> = []
        func grow(_ lineage: Lineage, depth: Int) {
            let count = depth == 3 ? 1 : Int.random(in: 1...3, using: &random)
            if count == 1 {
                all.append(lineage)
                if Int.random(in: 0..<5, using: &random) == 0 { dropped.insert(lineage) }
            } else {
                for child in lineage.children(count: count) { grow(child, depth: depth + 1) }
            }
        }
        for root in 0..<12 { grow(Lineage(root: root), depth: 0) }
        var order = OrderRestorer()
        var out: [String] = []
        var left = all.shuffled(using: &random)[...]
        while !left.isEmpty {
            let some = left.prefix(Int.random(in: 1...5, using: &random))
            left = left.dropFirst(some.count)
            out += names(
                order.add(packet(some.filter { !dropped.contains($0) }, dropped: some.filter(dropped.contains))))
        }
        #expect(out == all.filter { !dropped.contains($0) }.map(name(of:)))
        #expect(order.firstOpenRoot == 12)
        #expect(order.isEmpty)
    }
}
