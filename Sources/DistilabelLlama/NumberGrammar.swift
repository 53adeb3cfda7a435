#if Llama

    /// Grammars of the numbers in a range, digit by digit.
    enum NumberGrammar {
        /// The longest integers that are made where there is no bound; they fit in 64 bits and in a double without
        /// loss.
        private static let freeDigits = 15

        /// Integers from `minimum` to `maximum`, each bound left out where it is nil; nil when there are none.
        static func integer(minimum: Int?, maximum: Int?) -> String? {
            if let minimum, let maximum, minimum > maximum { return nil }
            var parts: [String] = []
            // A number below zero is a minus sign and a number above zero with the bounds turned around.
            if (minimum ?? -1) < 0 {
                let low = maximum.map { $0 < 0 ? $0.magnitude : 1 } ?? 1
                parts += natural(from: low, to: minimum?.magnitude).map { "\"-\" (\($0))" }
            }
            if (maximum ?? 0) >= 0 {
                let low = minimum.map { $0 > 0 ? $0.magnitude : 0 } ?? 0
                parts += natural(from: low, to: maximum?.magnitude)
            }
            return parts.isEmpty ? nil : parts.joined(separator: " | ")
        }

        /// Numbers with an optional fraction from `minimum` to `maximum`, each bound an integer or left out; nil when
        /// there are none.
        static func number(minimum: Int?, maximum: Int?, exponents: Bool) -> String? {
            if let minimum, let maximum, minimum > maximum { return nil }
            let fraction = #"("." [0-9]{1,15})?"#
            if minimum == nil, maximum == nil {
                let exponent = exponents ? #" ([eE] [-+]? [0-9]{1,2})?"# : ""
                return #""-"? ("0" | [1-9] [0-9]{0,14}) \#(fraction)\#(exponent)"#
            }
            /// Numbers of no sign between two bounds: all of an integer below the upper bound may have a fraction, the
            /// upper bound itself none.
            func unsigned(from low: UInt, to high: UInt?) -> [String] {
                guard let high else { return natural(from: low, to: nil).map { "(\($0)) \(fraction)" } }
                var parts: [String] = []
                if high > low { parts += natural(from: low, to: high - 1).map { "(\($0)) \(fraction)" } }
                return parts + ["\"\(high)\" (\".\" \"0\"{1,15})?"]
            }
            var parts: [String] = []
            if (minimum ?? -1) < 0 {
                let low = maximum.map { $0 < 0 ? $0.magnitude : 0 } ?? 0
                parts += unsigned(from: low, to: minimum?.magnitude).map { "\"-\" (\($0))" }
            }
            if (maximum ?? 0) >= 0 {
                let low = minimum.map { $0 > 0 ? $0.magnitude : 0 } ?? 0
                parts += unsigned(from: low, to: maximum?.magnitude)
            }
            return parts.joined(separator: " | ")
        }

        /// Alternatives for the integers of no sign from `low` to `high`.
        static func natural(from low: UInt, to high: UInt?) -> [String] {
            if let high, low > high { return [] }
            let lowDigits = String(low).count
            let last = high.map { String($0).count } ?? max(lowDigits, freeDigits)
            var parts: [String] = []
            var start = low
            for count in lowDigits...last {
                let end = count == last && high != nil ? (high ?? 0) : largest(digits: count)
                if start == power(count - 1), end == largest(digits: count), count > 1 {
                    // All numbers of this many digits: taken together with the longer ones that are whole as well.
                    let lastWhole = high == nil ? last : (high == largest(digits: last) ? last : last - 1)
                    parts.append("[1-9] [0-9]" + GrammarText.times(count - 1, lastWhole - 1))
                    if lastWhole < last, let high { parts += sameLength(power(last - 1), high) }
                    return parts
                }
                parts += sameLength(start, end)
                if count < last { start = power(count) }
            }
            return parts
        }

        /// Alternatives for the integers between two of the same number of digits.
        private static func sameLength(_ low: UInt, _ high: UInt) -> [String] {
            let first = Array(String(low))
            let last = Array(String(high))
            if first.count == 1 { return [digits(first[0], last[0])] }
            let unit = power(first.count - 1)
            if first[0] == last[0] {
                let rest = paddedRest(low % unit, high % unit, count: first.count - 1)
                return ["\"\(first[0])\" (\(rest.joined(separator: " | ")))"]
            }
            var parts: [String] = []
            var from = low / unit
            var to = high / unit
            if low % unit != 0 {
                let rest = paddedRest(low % unit, unit - 1, count: first.count - 1)
                parts.append("\"\(from)\" (\(rest.joined(separator: " | ")))")
                from += 1
            }
            var end: [String] = []
            if high % unit != unit - 1 {
                let rest = paddedRest(0, high % unit, count: first.count - 1)
                end.append("\"\(to)\" (\(rest.joined(separator: " | ")))")
                to -= 1
            }
            if from <= to {
                let lead = from == to ? "\"\(from)\"" : "[\(from)-\(to)]"
                parts.append("\(lead) [0-9]" + GrammarText.times(first.count - 1, first.count - 1))
            }
            return parts + end
        }

        /// The same for what follows a first digit, where leading zeros count.
        private static func paddedRest(_ low: UInt, _ high: UInt, count: Int) -> [String] {
            if low == 0, high == power(count) - 1 { return ["[0-9]" + GrammarText.times(count, count)] }
            let unit = power(count - 1)
            if count == 1 { return [low == high ? "\"\(low)\"" : "[\(low)-\(high)]"] }
            var parts: [String] = []
            for digit in (low / unit)...(high / unit) {
                let from = digit == low / unit ? low % unit : 0
                let to = digit == high / unit ? high % unit : unit - 1
                parts.append("\"\(digit)\" (\(paddedRest(from, to, count: count - 1).joined(separator: " | ")))")
            }
            return parts
        }

        private static func digits(_ first: Character, _ last: Character) -> String {
            first == last ? "\"\(first)\"" : "[\(first)-\(last)]"
        }

        /// Ten to a power; no more than 64 bits hold.
        private static func power(_ exponent: Int) -> UInt {
            (0..<exponent).reduce(UInt(1)) { result, _ in result.multipliedReportingOverflow(by: 10).partialValue }
        }

        private static func largest(digits: Int) -> UInt { digits >= 20 ? .max : power(digits) - 1 }
    }

#endif
