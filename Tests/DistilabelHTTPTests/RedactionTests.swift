import DistilabelHTTP
import Testing

struct RedactionTests {
    private let request = HTTPRequest(
        method: .post, url: "https://user:pa55word@host:8443/v1/x?model=m&api_key=sk-query#end",
        headers: [
            "Authorization": "Bearer sk-header", "X-Api-Key": "sk-other", "my-service-token": "sk-mine",
            "content-type": "application/json", "x-ratelimit-remaining-tokens": "17",
        ], body: Array("sk-body".utf8))

    @Test func showsNoKeyOfARequestHoweverItIsPrinted() {
        var dumped = ""
        dump(request, to: &dumped)
        dump(request.headers, to: &dumped)
        let shown = ["\(request)", String(reflecting: request), "\(request.headers)", dumped, "\([request])"]
        for text in shown {
            #expect(!text.contains("sk-"))
            #expect(!text.contains("pa55word"))
        }
        #expect("\(request)".contains("POST https://***@host:8443/v1/x?model=m&api_key=***"))
        #expect("\(request)".contains("x-ratelimit-remaining-tokens: 17"))
        #expect("\(request)".contains("content-type: application/json"))
    }

    @Test(arguments: [
        ("http://host/path", "http://host/path"), ("http://host/a@b", "http://host/a@b"),
        ("http://me@host/?q=1", "http://***@host/?q=1"), ("x?KEY=1&&b", "x?KEY=***&&b"), ("", ""),
    ])
    func starsOnlyWhatIsSecretInAnAddress(_ url: String, _ shown: String) {
        #expect(Redaction.url(url) == shown)
    }

    @Test func replacesEverySecretInAText() {
        let text = "key sk-abcdef and sk-abcdef-long, ä"
        #expect(Redaction.redact(text, secrets: ["sk-abcdef", "sk-abcdef-long"]) == "key *** and ***, ä")
        #expect(Redaction.redact(text, secrets: ["", "a"]) == text)
    }

    @Test func quotesNoKeyInAnError() async throws {
        let transport = AsyncHTTPTransport()
        var request = request
        request.url = "http://127.0.0.1:1/v1?key=sk-query"
        request.headers["authorization"] = "Bearer sk-bad\nvalue"
        do throws(HTTPError) {
            _ = try await transport.send(request)
            Issue.record("a header with a line break was sent")
        } catch {
            #expect(error.code == .invalidRequest)
            #expect(!"\(error)".contains("sk-"))
        }
        await transport.shutdown()
    }
}
