internal import Synchronization

/// What a server has answered in a run: to tell a key that is refused for one odd request from one that is refused for all.
final class EndpointRecord: Sendable {
    private let state: Mutex<(answers: Int, refusals: Int)>
    /// Whether the server has shown before that it knows the key.
    private let isKnown: Bool

    /// How many refusals in a row mean that there will be no answer.
    private static let limit = 10

    init(isKnown: Bool) {
        self.isKnown = isKnown
        state = Mutex((0, 0))
    }

    /// Notes an answer.
    func noteAnswer() {
        state.withLock { state in
            state.answers += 1
            state.refusals = 0
        }
    }

    /// Notes a refusal; tells whether there is no hope for other rows either.
    func noteRefusal() -> Bool {
        state.withLock { state in
            state.refusals += 1
            return (state.answers == 0 && (!isKnown || state.refusals >= 3)) || state.refusals >= Self.limit
        }
    }
}
