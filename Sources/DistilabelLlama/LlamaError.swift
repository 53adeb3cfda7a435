#if Llama

    /// What went wrong with a model that runs in this process: a code to act on, and one line that says where and the
    /// mend.
    public struct LlamaError: Error, Sendable, Hashable, CustomStringConvertible {
        /// The kinds of failure.
        public enum Code: String, Sendable, Hashable {
            /// There is no file at the path, or it cannot be read.
            case fileMissing
            /// The file is not a GGUF model, or breaks off before its end.
            case fileInvalid
            /// llama.cpp does not load the model: an unknown architecture, or too little memory.
            case modelRejected
            /// The context (the memory for the running sequences) cannot be made.
            case contextRejected
            /// The prompt, or the prompt and the answer, do not fit in the context.
            case promptTooLong
            /// An option or a request has a value out of its range.
            case optionInvalid
            /// The grammar does not parse.
            case grammarInvalid
            /// The JSON schema or the pattern says something that cannot be made a grammar of.
            case schemaUnsupported
            /// llama.cpp failed while it evaluated the model.
            case evaluationFailed
        }

        /// The kind of failure.
        public let code: Code
        /// One line: what is wrong, where, and the mend.
        public let message: String

        /// Makes an error.
        public init(_ code: Code, _ message: String) {
            self.code = code
            self.message = message
        }

        /// The message.
        public var description: String { message }
    }

#endif
