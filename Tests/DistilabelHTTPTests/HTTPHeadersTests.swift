import DistilabelHTTP
import Testing

struct HTTPHeadersTests {
    @Test func findsNamesInAnyCase() {
        var headers: HTTPHeaders = ["Content-Type": "text/plain", "set-cookie": "a"]
        headers.append(("Set-Cookie", "b"))
        #expect(headers["content-TYPE"] == "text/plain")
        #expect(headers.values(of: "SET-COOKIE") == ["a", "b"])
        #expect(headers["content-typ"] == nil)
        headers["SET-cookie"] = "c"
        #expect(headers.fields.map(\.value) == ["text/plain", "c"])
        headers["set-cookie"] = nil
        #expect(headers == ["content-type": "text/plain"])
        #expect(headers != ["content-type": "TEXT/plain"])
    }

    // '[' and '{' differ in the same bit as 'A' and 'a' do.
    @Test func takesOnlyLettersForCased() {
        #expect((["x[": "1"] as HTTPHeaders)["x{"] == nil)
    }
}
