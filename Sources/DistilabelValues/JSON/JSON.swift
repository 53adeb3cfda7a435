/// JSON documents to values and back (RFC 8259).
///
/// Reading is strict: the grammar to the letter, UTF-8 checked, lone surrogates refused, nothing behind the document. An integer
/// literal that fits 64 bits is an `int` and exact (`-0` is the double -0.0, since an integer has no such zero); one that
/// does not fit, and every literal with a fraction or an exponent, is a double. Of a key that stands twice in an object the
/// last value counts, at the first one's place. A byte order mark before the document is skipped.
///
/// Doubles are written with the fewest digits that read back as the same double, and always as doubles: `1.0`, `1e+20`.
public enum JSON {
    /// How documents are read.
    public struct ReadOptions: Sendable, Hashable {
        /// How deep lists and objects may be nested; 512 unless said otherwise.
        ///
        /// More than 1024 counts as 1024: what is read is written, compared and freed level by level, on stacks that are small.
        public var depthLimit: Int
        /// Whether half a surrogate pair (`"\ud800"`) becomes U+FFFD instead of an error; false unless said otherwise.
        public var replacesLoneSurrogates: Bool

        /// Makes options.
        public init(depthLimit: Int = 512, replacesLoneSurrogates: Bool = false) {
            self.depthLimit = depthLimit
            self.replacesLoneSurrogates = replacesLoneSurrogates
        }
    }

    /// How documents are written.
    public struct WriteOptions: Sendable, Hashable {
        /// What becomes of NaN and the infinities.
        public enum NonFinite: Sendable, Hashable {
            /// They are an error.
            case refuse
            /// They are written as null.
            case null
        }

        /// Whether to write one element a line, indented by two spaces; false unless said otherwise.
        public var pretty: Bool
        /// Whether to write the keys of objects in the order of their UTF-8 bytes; false unless said otherwise.
        public var sortedKeys: Bool
        /// Whether to write characters outside ASCII as `\u` escapes; false unless said otherwise.
        public var asciiOnly: Bool
        /// What becomes of NaN and the infinities; refused unless said otherwise.
        public var nonFinite: NonFinite

        /// Makes options.
        public init(
            pretty: Bool = false, sortedKeys: Bool = false, asciiOnly: Bool = false, nonFinite: NonFinite = .refuse
        ) {
            self.pretty = pretty
            self.sortedKeys = sortedKeys
            self.asciiOnly = asciiOnly
            self.nonFinite = nonFinite
        }
    }
}

// MARK: - Reading

extension JSON {
    /// Reads a document.
    ///
    /// - Throws: `JSONError` with the place of the first fault.
    public static func parse(
        _ bytes: UnsafeRawBufferPointer, options: ReadOptions = ReadOptions()
    ) throws(JSONError) -> Value {
        var parser = JSONParser(options: options, isReused: false)
        do throws(JSONFault) {
            return try parser.document(in: bytes)
        } catch {
            throw error.error(in: bytes)
        }
    }

    /// Reads a document.
    ///
    /// - Throws: `JSONError` with the place of the first fault.
    public static func parse(
        _ bytes: some Collection<UInt8>, options: ReadOptions = ReadOptions()
    ) throws(JSONError) -> Value {
        try JSONScan.withBytes(of: bytes) { (buffer) throws(JSONError) in try parse(buffer, options: options) }
    }

    /// Reads a document.
    ///
    /// - Throws: `JSONError` with the place of the first fault.
    public static func parse(_ text: String, options: ReadOptions = ReadOptions()) throws(JSONError) -> Value {
        try parse(text.utf8, options: options)
    }
}

// MARK: - Writing

extension JSON {
    /// Writes a value behind what `bytes` hold; nothing is written when it throws.
    ///
    /// - Throws: `JSONError` when a double is not finite and the options refuse that.
    public static func write(
        _ value: Value, into bytes: inout [UInt8], options: WriteOptions = WriteOptions()
    ) throws(JSONError) {
        var writer = JSONWriter(options: options)
        try writer.write(value)
        writer.move(into: &bytes)
    }

    /// Writes a row as an object behind what `bytes` hold; nothing is written when it throws.
    ///
    /// - Throws: `JSONError` when a double is not finite and the options refuse that.
    public static func write(
        _ row: Row, into bytes: inout [UInt8], options: WriteOptions = WriteOptions()
    ) throws(JSONError) {
        var writer = JSONWriter(options: options)
        try writer.write(row)
        writer.move(into: &bytes)
    }

    /// A value as text, with NaN and the infinities as null, so that it never fails.
    public static func string(
        _ value: Value, pretty: Bool = false, sortedKeys: Bool = false, asciiOnly: Bool = false
    ) -> String {
        var writer = JSONWriter(
            options: WriteOptions(pretty: pretty, sortedKeys: sortedKeys, asciiOnly: asciiOnly, nonFinite: .null))
        // With `.null` no value is refused, so there is nothing to hand on.
        try? writer.write(value)
        return writer.text()
    }
}
