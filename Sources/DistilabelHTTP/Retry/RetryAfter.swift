/// Reads how long a server asks to wait.
enum RetryAfter {
    /// The wait that the headers ask for: `retry-after-ms`, or `retry-after` in seconds or as a date.
    ///
    /// - Parameters:
    ///   - headers: The headers of the answer.
    ///   - now: Seconds since 1970, asked only for a date.
    /// - Returns: Nil where nothing is asked, or nothing that can be read; never negative.
    static func delay(in headers: HTTPHeaders, now: () -> Int) -> Duration? {
        if let text = headers["retry-after-ms"], let milliseconds = number(text) {
            return .microseconds(Int64(milliseconds * 1000))
        }
        guard let text = headers["retry-after"] else { return nil }
        if let seconds = number(text) { return .microseconds(Int64(seconds * 1_000_000)) }
        guard let date = HTTPDate.seconds(text) else { return nil }
        // Against the server's own clock where it shows one, since ours may be wrong.
        let reference = headers["date"].flatMap { HTTPDate.seconds($0) } ?? now()
        return .seconds(max(0, date - reference))
    }

    private static func number(_ text: String) -> Double? {
        guard let number = Double(trimmed(text)), number >= 0, number < 1e9 else { return nil }
        return number
    }

    private static func trimmed(_ text: String) -> Substring {
        var text = Substring(text)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
