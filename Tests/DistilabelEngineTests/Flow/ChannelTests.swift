import Testing

@testable import DistilabelEngine

struct ChannelTests {
    @Test func givesElementsInOrderAndThenEnds() async throws {
        let channel = Channel<Int>(capacity: 2)
        async let sum = {
            var seen: [Int] = []
            while let element = try await channel.receive() { seen.append(element) }
            return seen
        }()
        for element in 0..<1000 { try await channel.send(element) }
        channel.finish()
        #expect(try await sum == Array(0..<1000))
    }

    @Test func makesASenderWaitForRoom() async throws {
        let channel = Channel<Int>(capacity: 1)
        try await channel.send(1)
        let waiting = Task { try await channel.send(2) }
        try await Task.sleep(for: .milliseconds(20))
        #expect(channel.receiveNow() == 1)
        try await waiting.value
        #expect(channel.receiveNow() == 2)
        #expect(channel.receiveNow() == nil)
    }

    @Test func letsAnElementHeavierThanTheCapacityPass() async throws {
        let channel = Channel<Int>(capacity: 4)
        try await channel.send(1, weight: 100)
        #expect(channel.receiveNow() == 1)
    }

    @Test func endsOnlyWhenAllProducersHaveEnded() async throws {
        let channel = Channel<Int>(capacity: 1, producers: 2)
        channel.finish()
        try await channel.send(7)
        #expect(try await channel.receive() == 7)
        channel.finish()
        #expect(try await channel.receive() == nil)
    }

    @Test func wakesWhoeverWaitsWhenItsTaskIsCancelled() async {
        let channel = Channel<Int>(capacity: 1)
        let receiver = Task { try await channel.receive() }
        receiver.cancel()
        await #expect(throws: CancellationError.self) { try await receiver.value }
        let full = Channel<Int>(capacity: 1)
        try? await full.send(1)
        let sender = Task { try await full.send(2) }
        sender.cancel()
        await #expect(throws: CancellationError.self) { try await sender.value }
    }

    @Test func losesNothingBetweenManySendersAndReceivers() async throws {
        let channel = Channel<Int>(capacity: 3, producers: 8)
        let total = try await withThrowingTaskGroup(of: Int.self) { group in
            for sender in 0..<8 {
                group.addTask {
                    for element in 0..<200 { try await channel.send(sender * 200 + element) }
                    channel.finish()
                    return 0
                }
            }
            for _ in 0..<4 {
                group.addTask {
                    var sum = 0
                    while let element = try await channel.receive() { sum += element }
                    return sum
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(total == (0..<1600).reduce(0, +))
    }
}
