internal import DistilabelHTTP
internal import DistilabelModels

/// Reads what providers say of their limits: `x-ratelimit-…` of OpenAI, Mistral, Groq and those that do as they do.
///
/// Sources: https://platform.openai.com/docs/guides/rate-limits, https://console.groq.com/docs/rate-limits,
/// https://docs.mistral.ai/deployment/laplateforme/tier. A limit counts as one a minute only where its name says so: Groq's `limit-requests` is one a
/// day.
enum RateLimitHeaders {
    /// The limits; nil where the headers say nothing of them.
    static func limits(in headers: HTTPHeaders) -> RateLimits? {
        var requests = RateLimits.Bucket()
        var tokens = RateLimits.Bucket()
        for (name, value) in headers.fields where isLimit(name) {
            switch name.lowercased().dropFirst(prefix.utf8.count) {
            case "remaining-requests", "remaining-req-minute": requests.remaining = Int(value)
            case "remaining-tokens", "remaining-tokens-minute": tokens.remaining = Int(value)
            case "reset-requests": requests.reset = duration(value)
            case "reset-tokens": tokens.reset = duration(value)
            case "limit-req-minute": requests.limit = Int(value)
            case "limit-tokens-minute": tokens.limit = Int(value)
            default: break
            }
        }
        let none = RateLimits.Bucket()
        if requests == none, tokens == none { return nil }
        return RateLimits(requests: requests == none ? nil : requests, tokens: tokens == none ? nil : tokens)
    }

    private static let prefix = "x-ratelimit-"

    /// Whether a name begins as these do; asked of every header of every answer.
    private static func isLimit(_ name: String) -> Bool {
        name.utf8.count > prefix.utf8.count && zip(name.utf8, prefix.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }

    /// Reads `6m0s`, `1.5s`, `120ms`, or a number of seconds.
    static func duration(_ text: String) -> Duration? {
        if let seconds = Double(text) { return seconds >= 0 && seconds < 1e6 ? .seconds(seconds) : nil }
        var rest = text[...]
        var total = 0.0
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isNumber || $0 == "." }
            guard let number = Double(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            switch unit {
            case "ms": total += number / 1000
            case "s": total += number
            case "m": total += number * 60
            case "h": total += number * 3600
            case "d": total += number * 86_400
            default: return nil
            }
        }
        return total > 0 && total < 1e7 ? .seconds(total) : nil
    }
}
