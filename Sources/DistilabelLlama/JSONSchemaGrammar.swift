#if Llama
    public import DistilabelValues

    /// The grammar, in llama.cpp's notation (GBNF), of the JSON documents that fit a JSON schema.
    ///
    /// The documents are compact: one space at most after a comma or a colon, so that a weak model cannot go on with
    /// blanks. Keys stand in the schema's order. Understood are: `type`, `properties`, `required`,
    /// `additionalProperties`, `items`, `prefixItems`, `minItems`, `maxItems`, `minLength`, `maxLength`, `pattern`,
    /// `format` (date, time, date-time, uuid), `enum`, `const`, `minimum`, `maximum` and their exclusive forms,
    /// `anyOf`, `oneOf`, `allOf` (merged), and `$ref` within the schema, recursive ones too. What is only a remark
    /// (`title`, `description`, `default`, …) is passed over.
    public struct JSONSchemaGrammar: Sendable, Hashable {
        /// The grammar; its first rule is `root`.
        public let text: String
        /// Whether nothing can follow a complete document: not so for a bare number, which another digit may follow.
        public let isClosed: Bool
        /// What the schema asks for and the grammar does not hold to, such as `uniqueItems`; to be checked afterwards.
        public let notEnforced: [String]

        /// Makes the grammar.
        ///
        /// - Parameter schema: The JSON schema.
        /// - Throws: `LlamaError` with the code `schemaUnsupported`, which says where in the schema it stands, for what
        ///   no grammar is made of.
        public init(_ schema: Value) throws(LlamaError) {
            var builder = JSONSchemaGrammarBuilder(schema: schema)
            let rules = try builder.build()
            text = rules.text
            isClosed = rules.isClosed
            notEnforced = rules.notEnforced
        }
    }

#endif
