public import DistilabelValues
internal import Yams

/// YAML documents to values and back, with the types that PyYAML's safe loader gives.
///
/// Reading: one document; an empty one is null. Plain scalars are resolved as YAML 1.1 says and PyYAML does: `yes`,
/// `no`, `on` and `off` are truth values, `017` is octal, `1:30` is 90, `1e3` and `0o17` are text since PyYAML takes
/// them for text. Three things differ on purpose: dates and times stay text, integers that do not fit 64 bits become
/// doubles, and a key is always the text that stands there (`no:` is the key `no`). Anchors, aliases and merge keys
/// work, within ``Limits``. Of tags only those of YAML's own scalars and collections are known; `!!python/...` and the
/// like are errors.
///
/// Writing: block style, keys in order, texts quoted wherever a reader would take them for something else.
public enum YAMLCoding {
    /// What a document may cost; beyond it reading is an error rather than a wait or a crash.
    public struct Limits: Sendable, Hashable {
        /// How many bytes the text may have; 64 MiB unless said otherwise.
        public var bytes: Int
        /// How many values the document may have once its aliases are expanded; 1,000,000 unless said otherwise, or the
        /// number of values that stand in the text where that is more.
        public var expandedValues: Int
        /// How deep lists and mappings may be nested; 200 unless said otherwise.
        public var depth: Int

        /// Makes limits.
        public init(bytes: Int = 64 << 20, expandedValues: Int = 1_000_000, depth: Int = 200) {
            self.bytes = bytes
            self.expandedValues = expandedValues
            self.depth = depth
        }
    }

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - text: The document.
    ///   - file: What to call it in errors.
    ///   - limits: What it may cost.
    /// - Throws: `YAMLError` with the line and the column.
    public static func parse(_ text: String, file: String? = nil, limits: Limits = Limits()) throws -> Value {
        do {
            guard text.utf8.count <= limits.bytes else {
                throw YAMLError(
                    .tooLarge,
                    "the document has \(text.utf8.count) bytes and may have \(limits.bytes); keep data in a file of its own"
                )
            }
            try YAMLAliasGuard.check(text, limit: limits.expandedValues)
            var text = text
            text.makeContiguousUTF8()
            // The basic resolver leaves plain scalars alone; YAMLScalar reads them.
            let root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
            var reader = YAMLNodeReader(limits: limits, textBytes: text.utf8.count)
            return try root.map { try reader.value(of: $0, depth: 0) } ?? .null
        } catch let error as YamlError {
            throw YAMLError(error, file: file)
        } catch var error as YAMLError {
            error.file = file
            throw error
        }
    }

    /// Writes a value as a document that ends in a line feed.
    ///
    /// ``parse(_:file:limits:)`` and PyYAML's safe loader read the same value back; numbers that are not finite are
    /// `.nan`, `.inf` and `-.inf`.
    public static func text(of value: Value) -> String {
        var writer = YAMLWriter()
        writer.document(value)
        return writer.output
    }
}

extension YAMLError {
    /// Puts a fault that the parser found in our words.
    init(_ error: YamlError, file: String?) {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            let around = context.map { " (\($0.text), which began in line \($0.mark.line))" } ?? ""
            self.init(.syntax, problem + around, file: file, line: mark.line, column: mark.column)
        case .composer(_, let problem, let mark, _):
            let isAlias = problem.contains("alias")
            self.init(
                isAlias ? .alias : .syntax,
                isAlias ? "this alias names no anchor that stands before it" : "only one document may stand in a file",
                file: file, line: mark.line, column: mark.column)
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "'\($0)'" }.joined(separator: ", ")
            self.init(
                .duplicateKey, "the key \(names) stands twice in one mapping; keep one of them", file: file,
                line: context.mark.line, column: context.mark.column)
        case .reader(let problem, let offset, _, let text):
            let before = text.prefix(offset ?? 0)
            self.init(
                .syntax, problem, file: file, line: before.count { $0.isNewline } + 1,
                column: before.reversed().prefix { !$0.isNewline }.count + 1)
        default:
            self.init(.syntax, "this cannot be read as YAML: \(error)", file: file)
        }
    }
}
