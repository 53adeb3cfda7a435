extension Row: Codable {
    /// Reads an object.
    public init(from decoder: any Decoder) throws {
        let value = try Value(from: decoder)
        guard case .object(let object) = value else {
            throw DecodingError.typeMismatch(
                Row.self,
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: "\(DecodingSession.show(value)) stands there"))
        }
        self.init(object)
    }

    /// Writes an object.
    public func encode(to encoder: any Encoder) throws { try Value.object(object).encode(to: encoder) }

    /// Makes a row of an instance: its properties are the columns, under the names that they have in Swift unless said otherwise.
    ///
    /// - Throws: `ValueCodingError` when the instance is no object.
    public init(encoding instance: some Encodable, keyStyle: KeyStyle = .asWritten) throws {
        let value = try ValueEncoder(keyStyle: keyStyle).encode(instance)
        guard case .object(let object) = value else {
            throw ValueCodingError(
                code: .typeMismatch, path: "",
                message: "a row is made of an object, \(DecodingSession.show(value)) stands there")
        }
        self.init(object)
    }

    /// Makes an instance of the row; columns that the type does not know are passed over unless said otherwise.
    ///
    /// - Throws: `ValueCodingError` with the column that is wrong.
    public func decode<T: Decodable>(
        _ type: T.Type = T.self, keyStyle: KeyStyle = .asWritten,
        unknownKeys: ValueDecoder.UnknownKeys = .allow
    ) throws -> T {
        try ValueDecoder(keyStyle: keyStyle, unknownKeys: unknownKeys).decode(type, from: .object(object))
    }
}
