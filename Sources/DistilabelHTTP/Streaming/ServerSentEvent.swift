/// One event of a stream of server-sent events.
public struct ServerSentEvent: Sendable, Hashable {
    /// The name; `message` where the stream gives none.
    public var name: String
    /// The data, its lines joined by newlines.
    public var data: String
    /// The last id that the stream gave; empty if none.
    public var id: String

    /// Makes an event.
    public init(name: String = "message", data: String, id: String = "") {
        self.name = name
        self.data = data
        self.id = id
    }
}
