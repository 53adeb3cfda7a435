/// What went wrong with a Parquet file, where, and what to do about it.
public struct ParquetError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure, for code that decides what to do next.
    public enum Code: Hashable, Sendable {
        /// The file is no Parquet file, or was never finished.
        case notParquet
        /// The file says something that contradicts itself or its own length.
        case damaged
        /// The file uses a feature that this module does not read.
        case unsupported
        /// The schema cannot be written, or lacks what was asked for.
        case schema
        /// A cell does not fit the type of its column.
        case cell
        /// The operating system refused to open, read or write.
        case io
        /// The object was used out of order, such as appending after finishing.
        case usage
    }

    /// The kind of failure.
    public var code: Code
    /// Where it happened and how to mend it, in one sentence or two.
    public var message: String

    /// Makes an error of a kind with its message.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message, after the name of the kind.
    public var description: String { "Parquet (\(code)): \(message)" }
}
