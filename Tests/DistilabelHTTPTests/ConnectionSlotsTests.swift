import Testing

@testable import DistilabelHTTP

struct ConnectionSlotsTests {
    @Test func fillsPoolsInOrderAndFillsGapsFirst() {
        var slots = ConnectionSlots<String>(capacity: 5, poolSize: 2)
        #expect(slots.poolCount == 3)
        #expect((0..<6).map { _ in slots.take() } == [0, 0, 1, 1, 2, nil])
        #expect(slots.give(back: 1) == nil)
        #expect(slots.give(back: 0) == nil)
        #expect((0..<3).map { _ in slots.take() } == [0, 1, nil])
    }

    @Test func servesThoseWhoWaitInOrder() {
        var slots = ConnectionSlots<String>(capacity: 1, poolSize: 4)
        #expect(slots.take() == 0)
        let tickets = (0..<3).map { _ in slots.ticket() }
        slots.wait(tickets[0], "a")
        slots.wait(tickets[2], "c")
        #expect(slots.give(back: 0) == "a")
        #expect(slots.give(back: 0) == "c")
        // This one took its number early and came late.
        slots.wait(tickets[1], "b")
        #expect(slots.give(back: 0) == "b")
        #expect(slots.give(back: 0) == nil)
        #expect(slots.take() == 0)
    }

    @Test func forgetsThoseWhoLeave() {
        var slots = ConnectionSlots<String>(capacity: 1, poolSize: 1)
        _ = slots.take()
        let (first, second) = (slots.ticket(), slots.ticket())
        slots.wait(first, "a")
        slots.wait(second, "b")
        #expect(slots.leave(first) == "a")
        #expect(slots.leave(first) == nil)
        #expect(slots.give(back: 0) == "b")
        #expect(slots.leave(second) == nil)
        slots.wait(slots.ticket(), "c")
        #expect(slots.leaveAll() == ["c"])
    }

    @Test(arguments: [
        (4096, 20_000, 4096), (4096, 1024, 768), (4096, 256, 192), (4096, 4096, 3584), (10, 1024, 10), (10, 16, 1),
    ])
    func leavesFilesForTheRestOfTheProcess(_ wanted: Int, _ limit: Int, _ expected: Int) {
        #expect(OpenFileLimit.connections(wanted: wanted, limit: limit) == expected)
    }
}
