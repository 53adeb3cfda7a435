internal import DistilabelPipeline
internal import DistilabelValues

/// Reads what a judge says.
struct UltraFeedbackAnswer {
    let hasTypes: Bool

    /// The output columns without `model_name`.
    var columns: [String] {
        hasTypes ? ["types", "rationales", "ratings", "rationales-for-ratings"] : ["ratings", "rationales"]
    }

    /// A list of nulls in each column.
    func nothing(count: Int) -> Value.Object {
        Value.Object(
            uniqueKeysWithValues: columns.map { ($0, .array(Array(repeating: Value.null, count: count))) })
    }

    /// Reads sections that blank lines part.
    ///
    /// A section that has not the form gives nulls in its place, so the lists may be longer or shorter than the texts that were judged.
    func read(text: String) throws -> Value.Object {
        var lists = Value.Object(uniqueKeysWithValues: columns.map { ($0, Value.array([])) })
        for section in Self.sections(of: text) {
            let values = try read(section: section)
            for (column, value) in zip(columns, values) {
                lists[column] = .array((lists[column]?.arrayValue ?? []) + [value])
            }
        }
        return lists
    }

    /// Text between pairs of line breaks; `\r\n` is none.
    private static func sections(of text: String) -> [String] {
        var sections: [String] = []
        var current = String.UnicodeScalarView()
        var pending = false
        for scalar in text.unicodeScalars {
            if scalar == "\n" {
                if pending {
                    sections.append(String(current))
                    current = String.UnicodeScalarView()
                    pending = false
                } else {
                    pending = true
                }
            } else {
                if pending { current.append("\n") }
                pending = false
                current.append(scalar)
            }
        }
        if pending { current.append("\n") }
        return sections + [String(current)]
    }

    private func read(section: String) throws -> [Value] {
        let labels =
            hasTypes ? ["Type: ", "\nRationale: ", "\nRating: ", "\nRationale: "] : ["Rating: ", "\nRationale: "]
        guard let fields = Self.fields(labels, in: section) else { return labels.map { _ in .null } }
        return try zip(labels, fields).map { label, field in
            label.hasSuffix("Rationale: ") ? .string(field) : try Self.number(in: field)
        }
    }

    /// The texts behind labels that follow each other, each up to the next label and none empty; nil when a label is missing.
    private static func fields(_ labels: [String], in text: String) -> [String]? {
        var rest = Array(text.unicodeScalars)[...]
        var fields: [String] = []
        for (index, label) in labels.map({ Array($0.unicodeScalars) }).enumerated() {
            // A field has at least one character, so the next label begins behind that.
            let start = index == 0 ? rest.startIndex : rest.startIndex + 1
            guard let found = position(of: label, in: rest, from: start) else { return nil }
            if index > 0 { fields.append(string(rest[..<found])) }
            rest = rest[(found + label.count)...]
        }
        return rest.isEmpty ? nil : fields + [string(rest)]
    }

    private static func position(
        of label: [Unicode.Scalar], in text: ArraySlice<Unicode.Scalar>, from start: Int
    ) -> Int? {
        guard text.endIndex - label.count >= start else { return nil }
        return (start...(text.endIndex - label.count)).first { text[$0..<($0 + label.count)].elementsEqual(label) }
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    /// The first number that stands alone in a field, in digits of any script; null for `None` and `N/A`.
    private static func number(in field: String) throws -> Value {
        let word = field.lowercased().filter { !$0.isWhitespace }
        if word == "none" || word == "n/a" { return .null }
        // A run of word characters counts when all of it is digits: `4` in `4/5`, but nothing in `v2`.
        let words = field.unicodeScalars.split { scalar in
            !(scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        }
        for word in words {
            let digits = word.compactMap { $0.properties.numericType == .decimal ? $0.properties.numericValue : nil }
            guard digits.count == word.count else { continue }
            // A number beyond any scale stays at the end of what fits.
            return .int(digits.prefix(18).reduce(0) { $0 * 10 + Int($1) })
        }
        throw RowFailure("a rating or type has no number: '\(field.prefix(60))'")
    }
}
