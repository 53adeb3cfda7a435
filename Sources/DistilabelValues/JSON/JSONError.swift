/// What is wrong with a JSON document, or with a value that JSON cannot hold.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of fault.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The document ends where a value, a key or a bracket is still wanted.
        case unexpectedEnd
        /// A byte stands where the grammar has no place for it.
        case unexpectedCharacter
        /// Something stands behind the document.
        case trailingContent
        /// A number is not written as JSON writes numbers.
        case invalidNumber
        /// A number is too large for a double.
        case numberOutOfRange
        /// A control character stands unescaped in a text.
        case controlCharacter
        /// A backslash is followed by what is no escape.
        case invalidEscape
        /// A `\u` escape is one half of a surrogate pair without the other.
        case loneSurrogate
        /// The bytes of a text are not UTF-8.
        case invalidUTF8
        /// Lists and objects are nested deeper than the options allow.
        case tooDeep
        /// A line of JSON Lines is longer than the options allow.
        case lineTooLong
        /// A value to be written is not finite: JSON has no NaN and no infinity.
        case notFinite
    }

    /// The kind of fault.
    public let code: Code
    /// What is wrong and where, in words.
    public let message: String
    /// Where it is wrong, in bytes from the start of the input; 0 when a value was to be written.
    public let offset: Int
    /// The line, counted from 1; 0 when a value was to be written.
    public let line: Int
    /// The column in bytes, counted from 1; 0 when a value was to be written.
    public let column: Int

    /// Makes an error.
    public init(code: Code, message: String, offset: Int = 0, line: Int = 0, column: Int = 0) {
        self.code = code
        self.message = message
        self.offset = offset
        self.line = line
        self.column = column
    }

    /// The message and the place.
    public var description: String {
        line == 0 ? message : "line \(line), column \(column): \(message)"
    }
}

/// A fault as the parser throws it: small enough to travel in registers.
struct JSONFault: Error {
    var code: JSONError.Code
    var offset: Int

    /// The fault with the line and column that the offset has in the bytes.
    ///
    /// - Parameters:
    ///   - bytes: The document.
    ///   - firstLine: The number of its first line in the whole input.
    ///   - firstOffset: The offset of its first byte in the whole input.
    func error(in bytes: UnsafeRawBufferPointer, firstLine: Int = 1, firstOffset: Int = 0) -> JSONError {
        let end = min(offset, bytes.count)
        var line = firstLine
        var lineStart = 0
        for position in 0..<end where bytes[position] == UInt8(ascii: "\n") {
            line += 1
            lineStart = position + 1
        }
        let found = end < bytes.count ? Self.describe(bytes[end]) : "the end"
        return JSONError(
            code: code, message: message(found: found), offset: firstOffset + end, line: line,
            column: end - lineStart + 1)
    }

    private static func describe(_ byte: UInt8) -> String {
        byte > 0x20 && byte < 0x7F
            ? "'\(Character(Unicode.Scalar(byte)))'" : "the byte 0x" + String(byte, radix: 16, uppercase: true)
    }

    private func message(found: String) -> String {
        switch code {
        case .unexpectedEnd: "the JSON ends too early"
        case .unexpectedCharacter: "\(found) is not expected here"
        case .trailingContent: "\(found) stands behind the end of the document"
        case .invalidNumber: "this is not how JSON writes a number"
        case .numberOutOfRange: "this number is too large for a double"
        case .controlCharacter: "\(found) must be written as an escape inside a text"
        case .invalidEscape: "this is no escape that JSON knows"
        case .loneSurrogate: "this \\u escape is half of a surrogate pair and the other half is missing"
        case .invalidUTF8: "this text is not UTF-8"
        case .tooDeep: "lists and objects are nested too deep here"
        case .lineTooLong: "this line is too long"
        case .notFinite: "JSON has no NaN and no infinity"
        }
    }
}
