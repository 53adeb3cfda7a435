internal import OrderedCollections

/// Makes `Codable` types of values.
///
/// A key that nothing asks for is an error unless `unknownKeys` allows it; types that are `DefaultsProviding` fill in what is
/// missing; `FlattenedSettings` are read from the object around them. Integers are read from ints and from doubles without a
/// fraction, doubles from both, everything else only from its own kind. Optionals are nil where null or nothing stands.
public struct ValueDecoder: Sendable {
    /// What becomes of keys that nothing asks for.
    public enum UnknownKeys: Sendable, Hashable {
        /// They are an error that names them and what was probably meant.
        case refuse
        /// They are passed over.
        case allow
    }

    /// How the names of properties stand as keys; keys of dictionaries never change.
    public var keyStyle: KeyStyle
    /// What becomes of keys that nothing asks for.
    public var unknownKeys: UnknownKeys
    /// Handed to the types' `init(from:)`.
    public var userInfo: [CodingUserInfoKey: any Sendable]

    /// Makes a decoder.
    public init(
        keyStyle: KeyStyle = .asWritten, unknownKeys: UnknownKeys = .refuse,
        userInfo: [CodingUserInfoKey: any Sendable] = [:]
    ) {
        self.keyStyle = keyStyle
        self.unknownKeys = unknownKeys
        self.userInfo = userInfo
    }

    /// Makes an instance of a type.
    ///
    /// - Throws: `ValueCodingError` with the path of what is wrong, from whatever the types themselves throw as well.
    public func decode<T: Decodable>(_ type: T.Type = T.self, from value: Value) throws -> T {
        let session = DecodingSession(options: self)
        do {
            return try session.decode(type, from: value, at: [])
        } catch var error as ValueCodingError {
            // Whoever calls this from inside of another decoding has a path of its own to put before it.
            error.anchor = nil
            throw error
        }
    }
}

/// What stays the same during one decoding.
final class DecodingSession {
    let options: ValueDecoder
    let userInfo: [CodingUserInfoKey: Any]
    private var defaults: [ObjectIdentifier: Value.Object] = [:]

    init(options: ValueDecoder) {
        self.options = options
        userInfo = options.userInfo.mapValues { $0 }
    }

    /// Makes an instance of the value at a path.
    func decode<T: Decodable>(_ type: T.Type, from value: Value, at path: [any CodingKey]) throws -> T {
        if let scalar = try scalar(type, from: value, at: path) { return scalar }
        do {
            if let keyed = type as? any StringKeyedDecodable.Type {
                guard let dictionary = try keyed.decode(value, by: self, at: path) as? T else {
                    throw mismatch(type, value, at: path)
                }
                return dictionary
            }
            let node = try NodeDecoder(session: self, value: value, asked: AskedKeys(), codingPath: path, filling: type)
            let instance = try T(from: node)
            try checkUnknown(node.asked, in: value, at: path)
            return instance
        } catch {
            throw located(error, type, value, at: path)
        }
    }

    /// The encoded defaults of a type, when it has some.
    func defaults(of type: Any.Type) throws -> Value.Object? {
        guard let providing = type as? any DefaultsProviding.Type else { return nil }
        if let known = defaults[ObjectIdentifier(type)] { return known }
        let encoded = try ValueEncoder(keyStyle: options.keyStyle, userInfo: options.userInfo).encode(
            providing.defaults)
        let object = encoded.objectValue ?? [:]
        defaults[ObjectIdentifier(type)] = object
        return object
    }

    // MARK: Unknown keys

    private func checkUnknown(_ asked: AskedKeys, in value: Value, at path: [any CodingKey]) throws {
        guard options.unknownKeys == .refuse, case .object(let object) = value, let known = asked.known else { return }
        let unknown = object.keys.elements.filter { !known.contains($0) }
        guard let first = unknown.first else { return }
        let open = known.filter { object[$0] == nil }
        var error = error(
            .unknownKey,
            unknown.count == 1
                ? "there is no parameter '\(first)' here" + choices(known)
                : "there are no parameters " + unknown.map { "'\($0)'" }.joined(separator: ", ") + " here"
                    + choices(known),
            at: path + [PathKey(first)])
        error.suggestion = Nearest.match(first, in: open) ?? Nearest.match(first, in: known)
        error.keys = unknown
        throw error
    }

    private func choices(_ known: [String]) -> String {
        known.isEmpty ? ", nor any other" : " (there are " + known.sorted().joined(separator: ", ") + ")"
    }

    // MARK: Errors

    func error(_ code: ValueCodingError.Code, _ message: String, at path: [any CodingKey]) -> ValueCodingError {
        var error = ValueCodingError(code: code, path: Path.text(path), message: message)
        error.anchor = ObjectIdentifier(self)
        return error
    }

    func mismatch(_ type: Any.Type, _ value: Value, at path: [any CodingKey]) -> ValueCodingError {
        error(
            .typeMismatch, "\(TypeNames.article(TypeNames.name(of: type))) is wanted, \(Self.show(value)) stands there",
            at: path)
    }

    /// The value in words, cut short.
    static func show(_ value: Value) -> String {
        switch value {
        case .null: return "null"
        case .bool, .int, .double: return "the \(value.kindName) \(JSON.string(value))"
        case .string(let text):
            let short = text.count > 40 ? text.prefix(37) + "…" : text[...]
            return "the string \(JSON.string(.string(String(short))))"
        case .array(let list): return "a list of \(list.count)"
        case .object: return "an object"
        }
    }

    /// An error of a type's own `init(from:)` as ours, with the path.
    private func located(_ error: any Error, _ type: Any.Type, _ value: Value, at path: [any CodingKey]) -> any Error {
        if let error = error as? ValueCodingError {
            if error.anchor == ObjectIdentifier(self) { return error }
            var located = error.inside(Path.text(path))
            located.anchor = ObjectIdentifier(self)
            return located
        }
        guard let error = error as? DecodingError else { return error }
        let allowed = TypeNames.allowedValues(of: type)
        if let allowed, case .dataCorrupted = error {
            var invalid = self.error(
                .invalid,
                "\(Self.show(value)) stands there, one of " + allowed.map { "'\($0)'" }.joined(separator: ", ")
                    + " is wanted", at: path)
            invalid.suggestion = value.stringValue.flatMap { Nearest.match($0, in: allowed) }
            return invalid
        }
        switch error {
        case .dataCorrupted(let context):
            return self.error(.invalid, context.debugDescription, at: place(context, path))
        case .keyNotFound(let key, let context):
            let name = key.stringValue
            return self.error(.missingKey, "'\(name)' is missing", at: place(context, path) + [PathKey(name)])
        case .typeMismatch(let type, let context):
            let wanted = TypeNames.article(TypeNames.name(of: type))
            return self.error(
                .typeMismatch, "\(wanted) is wanted: \(context.debugDescription)", at: place(context, path))
        case .valueNotFound(let type, let context):
            let wanted = TypeNames.article(TypeNames.name(of: type))
            return self.error(.typeMismatch, "\(wanted) is wanted, null stands there", at: place(context, path))
        @unknown default: return self.error(.invalid, "\(error)", at: path)
        }
    }

    private func place(_ context: DecodingError.Context, _ path: [any CodingKey]) -> [any CodingKey] {
        context.codingPath.count > path.count ? context.codingPath : path
    }
}
