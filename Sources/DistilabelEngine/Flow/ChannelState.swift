internal import DequeModule

/// What a bounded queue between tasks must do; it holds no lock and resumes nobody itself.
///
/// There is room while the weight inside is below the capacity; one element may overshoot it, so an element heavier than the whole
/// capacity passes too.
struct ChannelState<Element: Sendable, Sender: Sendable, Receiver: Sendable> {
    private var elements: Deque<(element: Element, weight: Int)> = []
    private var weight = 0
    private var senders: Deque<(id: Int, element: Element, weight: Int, sender: Sender)> = []
    private var receivers: Deque<(id: Int, receiver: Receiver)> = []
    private var isFinished = false
    private let capacity: Int

    /// Makes an empty queue.
    init(capacity: Int) { self.capacity = capacity }

    /// What is to be done with a sender.
    enum Sending {
        /// The element is inside.
        case accepted
        /// The element goes straight to this receiver.
        case handedOver(Receiver)
        /// There is no room: wait.
        case full
    }

    /// Takes an element, if there is room.
    mutating func send(_ element: Element, weight added: Int) -> Sending {
        if let waiting = receivers.popFirst() { return .handedOver(waiting.receiver) }
        guard weight < capacity else { return .full }
        elements.append((element, added))
        weight += added
        return .accepted
    }

    /// Remembers a sender that waits for room.
    mutating func wait(_ sender: Sender, id: Int, with element: Element, weight: Int) {
        senders.append((id, element, weight, sender))
    }

    /// What a receiver gets.
    enum Receiving {
        /// An element; the senders that have room now go on.
        case element(Element, resuming: [Sender])
        /// There will be nothing any more.
        case finished
        /// Nothing yet: wait.
        case empty
    }

    /// Gives an element, if there is one.
    mutating func receive() -> Receiving {
        guard let first = elements.popFirst() else { return isFinished ? .finished : .empty }
        weight -= first.weight
        var resuming: [Sender] = []
        while weight < capacity, let waiting = senders.popFirst() {
            elements.append((waiting.element, waiting.weight))
            weight += waiting.weight
            resuming.append(waiting.sender)
        }
        return .element(first.element, resuming: resuming)
    }

    /// Remembers a receiver that waits for an element.
    mutating func wait(_ receiver: Receiver, id: Int) { receivers.append((id, receiver)) }

    /// Notes that nothing comes any more; those who wait for an element learn it.
    mutating func finish() -> [Receiver] {
        isFinished = true
        defer { receivers.removeAll() }
        return receivers.map(\.receiver)
    }

    /// Forgets a sender that does not want to wait any more.
    mutating func cancelSender(_ id: Int) -> Sender? {
        guard let position = senders.firstIndex(where: { $0.id == id }) else { return nil }
        return senders.remove(at: position).sender
    }

    /// Forgets a receiver that does not want to wait any more.
    mutating func cancelReceiver(_ id: Int) -> Receiver? {
        guard let position = receivers.firstIndex(where: { $0.id == id }) else { return nil }
        return receivers.remove(at: position).receiver
    }
}
