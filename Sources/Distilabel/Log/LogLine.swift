public import DistilabelValues

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// One line of a run's log.
public struct LogLine: Sendable, Hashable {
    /// How much a reader should care.
    public enum Level: String, Sendable, Hashable {
        case info, warning, error
    }

    /// When it happened, in seconds since 1970.
    public var time: Double
    /// How much a reader should care.
    public var level: Level
    /// What happened, in a few words for programs: `step_finished`.
    public var event: String
    /// What happened, for people.
    public var message: String
    /// The figures in the message, for programs.
    public var fields: Value.Object

    /// Makes a line.
    public init(time: Double, level: Level = .info, event: String, message: String, fields: Value.Object = [:]) {
        self.time = time
        self.level = level
        self.event = event
        self.message = message
        self.fields = fields
    }

    /// The line for people: `2026-03-01T12:00:00.123Z info message`, without line breaks.
    public var text: String {
        "\(timestamp) \(level.rawValue) " + message.split(whereSeparator: \.isNewline).joined(separator: " ⏎ ")
    }

    /// The line for programs: one JSON object with `time`, `level`, `event`, `message` and the fields.
    public var json: String {
        var object: Value.Object = [
            "time": .string(timestamp), "level": .string(level.rawValue), "event": .string(event),
            "message": .string(message),
        ]
        for (key, value) in fields { object[key] = value }
        return JSON.string(.object(object))
    }

    private var timestamp: String {
        var seconds = time_t(time)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        let milliseconds = Int((time - time.rounded(.down)) * 1000)
        func padded(_ number: some BinaryInteger, _ width: Int = 2) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
        let clock = "\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))"
        return "\(date)T\(clock).\(padded(milliseconds, 3))Z"
    }

    /// The time of this moment, in seconds since 1970.
    public static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
