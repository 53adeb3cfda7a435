/// Why a row has no place in a form.
struct SkippedRow: Error, Hashable {
    /// The reason, the same for all rows that share it.
    var reason: String

    init(_ reason: String) { self.reason = reason }
}
