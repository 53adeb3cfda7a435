internal import DistilabelValues

extension Row {
    /// Sets several columns at once: those that are new are added in one go, which costs less than one after the other.
    mutating func set(_ new: [(name: String, value: Value)]) {
        let wider = columns.adding(new.map(\.name))
        var all = values + Array(repeating: .null, count: wider.count - columns.count)
        for (name, value) in new {
            if let position = wider.position(of: name) { all[position] = value }
        }
        self = Row(columns: wider, values: all)
    }
}
