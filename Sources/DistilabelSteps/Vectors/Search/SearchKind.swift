internal import DistilabelPipeline

/// A kind of nearest neighbour search, as faiss' factory strings name it.
///
/// Strings: https://github.com/facebookresearch/faiss/wiki/The-index-factory
enum SearchKind: Sendable, Hashable {
    /// `Flat`: all pairs are looked at.
    case exact
    /// `IVF256,Flat`: vectors lie in so many cells, and only the nearest cells are looked into.
    case cells(Int)

    /// Reads a factory string; none is the exact search.
    ///
    /// - Throws: `RowFailure` with what is not understood, and what is.
    init(_ factory: String?) throws(RowFailure) {
        let parts = (factory ?? "Flat").split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        let first = parts.first ?? ""
        let rest = Array(parts.dropFirst())
        if first == "Flat", rest.isEmpty {
            self = .exact
        } else if first.hasPrefix("IVF"), let cells = Int(first.dropFirst(3)), cells >= 1,
            rest.isEmpty || rest == ["Flat"]
        {
            self = .cells(cells)
        } else {
            throw RowFailure(
                "'\(factory ?? "")' is not supported: take 'Flat' for an exact search, or 'IVF<cells>,Flat', such as 'IVF256,Flat', for an approximate one"
            )
        }
    }
}
