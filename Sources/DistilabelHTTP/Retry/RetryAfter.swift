/// Reads how long a server asks to wait.
enum RetryAfter {
    /// The wait that the headers ask for: `retry-after-ms`, or `retry-after` in seconds or as a date, or `ratelimit` with nothing left.
    ///
    /// - Parameters:
    ///   - headers: The headers of the answer.
    ///   - now: Seconds since 1970, asked only for a date.
    /// - Returns: Nil where nothing is asked, or nothing that can be read; never negative.
    static func delay(in headers: HTTPHeaders, now: () -> Int) -> Duration? {
        if let text = headers["retry-after-ms"], let milliseconds = number(text) {
            return .microseconds(Int64(milliseconds * 1000))
        }
        guard let text = headers["retry-after"] else { return headers["ratelimit"].flatMap(windowEnd) }
        if let seconds = number(text) { return .microseconds(Int64(seconds * 1_000_000)) }
        guard let date = HTTPDate.seconds(text) else { return nil }
        // Against the server's own clock where it shows one, since ours may be wrong.
        let reference = headers["date"].flatMap { HTTPDate.seconds($0) } ?? now()
        return .seconds(max(0, date - reference))
    }

    /// The end of a window of which nothing is left: `"api";r=0;t=55` is 56 s, since the server counts whole seconds
    /// (RateLimit header fields, draft-ietf-httpapi-ratelimit-headers-09).
    private static func windowEnd(_ text: String) -> Duration? {
        let waits = text.split(separator: ",").compactMap { window -> Double? in
            var parameters: [Substring: Double] = [:]
            for part in window.split(separator: ";").dropFirst() {
                let sides = part.split(separator: "=")
                if sides.count == 2, let value = number(String(sides[1])) { parameters[trimmed(sides[0])] = value }
            }
            return parameters["r"] == 0 ? parameters["t"] : nil
        }
        return waits.max().map { .microseconds(Int64(($0 + 1) * 1_000_000)) }
    }

    private static func number(_ text: String) -> Double? {
        guard let number = Double(trimmed(text)), number >= 0, number < 1e9 else { return nil }
        return number
    }

    private static func trimmed(_ text: some StringProtocol) -> Substring {
        var text = Substring(text)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
