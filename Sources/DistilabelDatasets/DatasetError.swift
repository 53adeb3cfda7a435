/// What went wrong with a dataset on disk, where, and what to do about it.
public struct DatasetError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of failure, for code that decides what to do next.
    public enum Code: Hashable, Sendable {
        /// There is no file or folder of that name, or none that holds a dataset.
        case notFound
        /// The file is of a kind that is not read, or its name does not say which.
        case unsupported
        /// The content of a file is not what its name says.
        case malformed
        /// The output folder exists and holds something.
        case notEmpty
        /// The output cannot be made or written there.
        case notWritable
        /// The disk, or what the user may have of it, is full.
        case diskFull
        /// The operating system refused something else.
        case io
        /// The call makes no sense, such as a split that leaves one side empty or writing after the end.
        case usage
    }

    /// The kind of failure.
    public var code: Code
    /// Where it happened and how to mend it.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
