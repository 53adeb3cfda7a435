/// Why a journal cannot be used.
public struct JournalError: Error, Sendable, CustomStringConvertible {
    /// The kinds of fault.
    public enum Code: Sendable, Hashable {
        /// Another run uses it.
        case inUse
        /// Its folder cannot be made or written.
        case notWritable
        /// There is no room left on the disk.
        case diskFull
        /// It is damaged, or of another version of this program.
        case unreadable
        /// With `--replay`: an answer is asked for that it does not have.
        case missing
    }

    /// The kind of fault.
    public var code: Code
    /// What happened, where, and the mend.
    public var message: String
    /// The error beneath.
    public var cause: (any Error)?

    /// Makes an error.
    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}
