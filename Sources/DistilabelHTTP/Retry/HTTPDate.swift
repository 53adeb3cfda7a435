/// Reads the three spellings of a date in HTTP (RFC 9110, section 5.6.7).
enum HTTPDate {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// The seconds since 1970 of a date such as `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
    /// `Sun Nov  6 08:49:37 1994`; nil for anything else.
    static func seconds(_ text: String) -> Int? {
        let parts = text.split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
        guard parts.count >= 5 else { return nil }
        // asctime names the month before the day, and the year last.
        let isC = Int(parts[1]) == nil
        let fields = isC ? [parts[2], parts[1], parts[4], parts[3]] : [parts[1], parts[2], parts[3], parts[4]]
        guard isC || (parts.count == 6 && parts[5].lowercased() == "gmt"),
            let day = Int(fields[0]), (1...31).contains(day),
            let month = months.firstIndex(of: fields[1].lowercased()),
            fields[2].count == 4 || fields[2].count == 2, var year = Int(fields[2]), year >= 0
        else { return nil }
        if fields[2].count == 2 { year += year < 70 ? 2000 : 1900 }
        let clock = fields[3].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        return days(year: year, month: month + 1, day: day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }

    /// The days since 1970-01-01 of a date in the Gregorian calendar, in years that begin in March, so that a leap day is a
    /// year's last.
    private static func days(year: Int, month: Int, day: Int) -> Int {
        let isBeforeMarch = month < 3
        let year = isBeforeMarch ? year - 1 : year
        let monthFromMarch = isBeforeMarch ? month + 9 : month - 3
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        return 365 * year + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}
