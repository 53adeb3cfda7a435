import Testing

@testable import DistilabelHTTP

struct HTTPDateTests {
    // Made with Python's email.utils.formatdate.
    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"),
        (951_868_800, "Wed, 01 Mar 2000 00:00:00 GMT"), (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
        (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"), (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
        (2_147_483_648, "Tue, 19 Jan 2038 03:14:08 GMT"), (1_000_000_000, "Sun, 09 Sep 2001 01:46:40 GMT"),
        (1_013_818_839, "Sat, 16 Feb 2002 00:20:39 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        (-2_208_988_800, "Mon, 01 Jan 1900 00:00:00 GMT"),
    ])
    func countsSecondsSince1970(_ seconds: Int, _ text: String) {
        #expect(HTTPDate.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "120", "soon", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 40 Nov 1994 08:49:37 GMT",
        "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 06 Nov -5 08:49:37 GMT", "a b c d e f g", "Sun, 06 Nov 99999999999999 08:49:37 GMT",
    ])
    func takesNothingElse(_ text: String) {
        #expect(HTTPDate.seconds(text) == nil)
    }

    @Test func measuresADateAgainstTheServersOwnClock() {
        let headers: HTTPHeaders = [
            "date": "Sun, 06 Nov 1994 08:49:37 GMT", "retry-after": "Sun, 06 Nov 1994 08:50:07 GMT",
        ]
        #expect(RetryAfter.delay(in: headers, now: { 0 }) == .seconds(30))
        #expect(RetryAfter.delay(in: ["retry-after": "-3"], now: { 0 }) == nil)
        #expect(RetryAfter.delay(in: ["retry-after-ms": "nan"], now: { 0 }) == nil)
    }
}
