import Testing

@testable import DistilabelHTTP

struct PlainAddressTests {
    @Test(arguments: [
        ("http://localhost:8000/v1/models", "localhost", 8000, "localhost:8000", "/v1/models"),
        ("http://10.0.0.1", "10.0.0.1", 80, "10.0.0.1", "/"),
        ("http://host?q=1", "host", 80, "host", "/?q=1"),
        ("http://host/a%20b?c#d", "host", 80, "host", "/a%20b?c"),
        ("http://[::1]:9/x", "::1", 9, "[::1]:9", "/x"),
        ("http://[fe80::1]/", "fe80::1", 80, "[fe80::1]", "/"),
    ])
    func takesAnAddressApart(_ url: String, _ host: String, _ port: Int, _ field: String, _ path: String) throws {
        let address = try #require(PlainAddress(url))
        #expect(address.origin == PlainAddress.Origin(host: host, port: port))
        #expect(address.hostField == field)
        #expect(address.path == path)
    }

    @Test(arguments: [
        "https://host/", "http://", "http:///x", "http://user:key@host/", "http://host:0/", "http://host:65536/",
        "http://host:x/", "http://host/a b", "http://host/\r\nx: y", "http://höst/", "HTTP://host/", "http://:80/",
        "http://[::1/", "",
    ])
    func leavesWhatIsNotPlainToOthers(_ url: String) {
        #expect(PlainAddress(url) == nil)
    }
}
