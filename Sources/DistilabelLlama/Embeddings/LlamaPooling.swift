#if Llama
    internal import CLlama

    /// How the vector of a text is made of those of its tokens.
    public enum LlamaPooling: String, Sendable, Hashable, Codable, CaseIterable {
        /// Their mean.
        case mean
        /// That of the first token, which some models put there for this.
        case cls
        /// That of the last token.
        case last

        /// llama.cpp's number for it.
        var type: llama_pooling_type {
            switch self {
            case .mean: LLAMA_POOLING_TYPE_MEAN
            case .cls: LLAMA_POOLING_TYPE_CLS
            case .last: LLAMA_POOLING_TYPE_LAST
            }
        }
    }

#endif
