/// Where a text stands in a wider field.
enum Alignment { case left, right, center }

extension Interpreter {
    /// A text filled up to a width in scalars.
    func padded(
        _ text: String, _ width: Int, _ fill: String, _ alignment: Alignment
    ) throws(TemplateError) -> String {
        let missing = width - text.unicodeScalars.count
        guard missing > 0 else { return text }
        try chargeText(missing.addingReportingOverflow(text.utf8.count).overflow ? Int.max : missing + text.utf8.count)
        let left: Int
        switch alignment {
        case .left: left = 0
        case .right: left = missing
        // Python puts the odd one on the left when the width is odd.
        case .center: left = missing / 2 + (missing & width & 1)
        }
        return try repeated(fill, left) + text + repeated(fill, missing - left)
    }

    /// `str.replace` within the limits; a negative count replaces all.
    func replaced(_ text: String, _ old: String, _ new: String, _ count: Int) throws(TemplateError) -> String {
        let limit = count < 0 ? Int.max : count
        let places = old.isEmpty ? text.utf8.count + 1 : text.places(of: old, limit: limit).count
        let growth = max(0, new.utf8.count - old.utf8.count).multipliedReportingOverflow(by: min(places, limit))
        try chargeText(growth.overflow ? Int.max : text.utf8.count + growth.partialValue)
        return text.replacing(old, by: new, limit: limit)
    }
}

extension String {
    /// The text before the last place of another one, or all of it.
    func cutAtLast(_ separator: String) -> String {
        guard let place = places(of: separator).last else { return self }
        return String(decoding: Array(utf8)[..<place], as: UTF8.self)
    }
}
