import DistilabelHTTP
import Testing

struct ServerSentEventParserTests {
    /// The examples of the HTML standard, section 9.2.6, and its corner cases.
    static let streams: [(String, [ServerSentEvent])] = [
        ("data: YHOO\ndata: +2\ndata: 10\n\n", [ServerSentEvent(data: "YHOO\n+2\n10")]),
        (
            ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            [
                ServerSentEvent(data: "first event", id: "1"), ServerSentEvent(data: "second event"),
                ServerSentEvent(data: " third event"),
            ]
        ),
        ("data\n\ndata\ndata\n\ndata:", [ServerSentEvent(data: ""), ServerSentEvent(data: "\n")]),
        ("data:test\n\ndata: test\n\n", [ServerSentEvent(data: "test"), ServerSentEvent(data: "test")]),
        (
            "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\nevent: empty\n\n",
            [ServerSentEvent(name: "add", data: "73857293"), ServerSentEvent(name: "remove", data: "2153")]
        ),
        ("data: a\r\ndata: b\r\n\r\ndata: c\r\r", [ServerSentEvent(data: "a\nb"), ServerSentEvent(data: "c")]),
        ("\u{FEFF}data: ä:€😀\n\n", [ServerSentEvent(data: "ä:€😀")]),
        ("unknown: x\ndata: y\nid: a\u{0}b\n\n", [ServerSentEvent(data: "y")]),
        ("data: not ended\n", []),
    ]

    @Test(arguments: streams)
    func readsAWholeStream(_ text: String, _ events: [ServerSentEvent]) {
        var parser = ServerSentEventParser()
        #expect(parser.append(text.utf8) == events)
    }

    @Test(arguments: streams)
    func readsAStreamByteForByte(_ text: String, _ events: [ServerSentEvent]) {
        var parser = ServerSentEventParser()
        #expect(text.utf8.flatMap { parser.append(CollectionOfOne($0)) } == events)
    }

    @Test(arguments: [
        ("retry: 1500\n", Duration.milliseconds(1500)), ("retry: 1s\n", nil), ("retry:\n", nil),
        ("retry: 99999999999999999999999\n", nil),
    ])
    func readsTheTimeToReconnect(_ text: String, _ expected: Duration?) {
        var parser = ServerSentEventParser()
        #expect(parser.append(text.utf8).isEmpty)
        #expect(parser.retryDelay == expected)
    }
}
