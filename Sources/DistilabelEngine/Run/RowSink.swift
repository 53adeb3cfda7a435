public import DistilabelValues

/// Takes the rows of a leaf of the graph, in order.
public protocol RowSink: Sendable {
    /// Takes some rows; returns when it has room for more.
    ///
    /// - Throws: What ends the run (a disk that is full).
    func write(_ rows: RowChunk) async throws
}
