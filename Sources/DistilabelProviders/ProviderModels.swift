public import DistilabelValues

/// The models behind HTTP that files may name.
public enum ProviderModels {
    /// All of them.
    public static let all: [any Component.Type] = [
        OpenAILLM.self, MistralLLM.self, OpenAIEmbeddings.self, SentenceTransformerEmbeddings.self, VLLMEmbeddings.self,
    ]
}
