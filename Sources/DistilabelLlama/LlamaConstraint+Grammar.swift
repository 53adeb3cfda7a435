#if Llama

    /// A grammar ready for use.
    struct ConstraintGrammar: Sendable {
        /// In GBNF.
        var text: String
        /// Whether nothing more can follow once it lets the answer end.
        var isClosed: Bool
    }

    extension LlamaConstraint {
        /// The grammar that holds an answer to the constraint.
        func grammar() throws(LlamaError) -> ConstraintGrammar {
            switch self {
            case .grammar(let text): return ConstraintGrammar(text: text, isClosed: false)
            case .jsonSchema(let schema):
                let grammar = try JSONSchemaGrammar(schema)
                return ConstraintGrammar(text: grammar.text, isClosed: grammar.isClosed)
            case .regex(let pattern):
                return ConstraintGrammar(text: try RegexGrammar.grammar(pattern), isClosed: false)
            }
        }
    }

#endif
