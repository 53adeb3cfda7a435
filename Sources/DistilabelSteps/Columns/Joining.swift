internal import DistilabelPipeline
internal import DistilabelValues

/// What steps that join branches share.
enum Joining {
    /// The columns of all branches; of those that several have, what the last one says.
    ///
    /// The metadata of all.
    static func union(_ rows: [Row?]) -> Row {
        var joined = Row()
        for row in rows.compactMap({ $0 }) {
            for (name, value) in zip(row.columns.names, row.values) { joined[name] = value }
        }
        let metadata = rows.compactMap { $0?[Metadata.column] }
        if !metadata.isEmpty { joined[Metadata.column] = Metadata.merge(metadata) }
        return joined
    }
}
