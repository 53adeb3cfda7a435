internal import DistilabelValues

/// Components of Python's distilabel 1.5.3 that are not here, each with the nearest way.
///
/// A name that is registered all the same wins over these; a test says which lines are then of no use any more.
enum AbsentComponents {
    /// All of them: by name, why it is not here and what takes its place, to be said behind the name.
    static let advice: [String: String] = {
        var all = never.merging(models) { $1 }.merging(ofLlama) { $1 }
        for name in tasks {
            all[name] =
                "is not here yet; a TextGeneration whose `template` asks the same, or a task of your own in Swift, takes its place"
        }
        return all
    }()

    /// Those that live on Python itself.
    private static let never = [
        "APIGenExecutionChecker":
            "cannot be here, since it runs functions of a Python module; a step of your own in Swift can start them as a process",
        "AnyscaleLLM":
            "is not here, since its service was closed; take OpenAILLM with `base_url` for another one",
        "GenerateEmbeddings":
            "cannot be here, since it reads the hidden states of a model in Python's process; take EmbeddingGeneration with OpenAIEmbeddings and the `base_url` of a server",
        "MlxLLM":
            "cannot be here, since it runs in Python's process; serve the model with `mlx_lm.server` and take OpenAILLM with `base_url`, or take LlamaCppLLM with a GGUF file of it",
        "PairRM":
            "cannot be here, since it runs in Python's process; take UltraFeedback with a model that judges, or a step of your own that asks a server",
        "RewardModelScore":
            "cannot be here, since it runs in Python's process; serve the model, as vLLM can, and ask it in a step of your own, or take UltraFeedback with a model that judges",
        "TransformersLLM":
            "cannot be here, since it runs in Python's process; serve the model with `vllm serve MODEL` or llama.cpp's server and take OpenAILLM with `base_url`, or take LlamaCppLLM with a GGUF file of it",
        "vLLM":
            "cannot be here, since it runs in Python's process; serve the model with `vllm serve MODEL` and take OpenAILLM with `base_url: http://localhost:8000/v1`",
    ]

    /// Those that are here with the package trait `Llama`.
    static let ofLlama = [
        "LlamaCppEmbeddings":
            "is not in this build, which is without llama.cpp; build with `--traits Llama` (`make release` does), or serve the file with `llama-server --embeddings` and take OpenAIEmbeddings with `base_url: http://localhost:8080/v1`",
        "LlamaCppLLM":
            "is not in this build, which is without llama.cpp; build with `--traits Llama` (`make release` does), or serve the file with `llama-server` and take OpenAILLM with `base_url: http://localhost:8080/v1`",
    ]

    /// Models that are not here yet; most of them speak OpenAI's language as well.
    private static let models = [
        "AnthropicLLM": openAI("https://api.anthropic.com/v1"),
        "AzureOpenAILLM": openAI("https://RESOURCE.openai.azure.com/openai/v1"),
        "ClientvLLM": openAI("http://localhost:8000/v1", key: nil),
        "CohereLLM": openAI("https://api.cohere.ai/compatibility/v1"),
        "GroqLLM": openAI("https://api.groq.com/openai/v1"),
        "ImageGeneration": "is not here yet; no model makes images so far",
        "InferenceEndpointsImageGeneration": "is not here yet; no model makes images so far",
        "InferenceEndpointsLLM": openAI("https://router.huggingface.co/v1", key: "a token of the Hub"),
        "LiteLLM":
            "is not here yet; start LiteLLM's proxy and take OpenAILLM with `base_url: http://localhost:4000`",
        "MixtureOfAgentsLLM":
            "is not here yet; a TextGeneration for each proposer, GroupColumns, and a TextGeneration whose `template` shows their answers do the same",
        "OllamaLLM": openAI("http://localhost:11434/v1", key: nil),
        "OpenAIImageGeneration": "is not here yet; no model makes images so far",
        "TogetherLLM": openAI("https://api.together.xyz/v1"),
        "VertexAILLM": openAI(
            "https://generativelanguage.googleapis.com/v1beta/openai", key: "a key of the Gemini API"),
    ]

    private static func openAI(_ address: String, key: String? = "its key") -> String {
        "is not here yet; take OpenAILLM with `base_url: \(address)`"
            + (key.map { " and \($0) in OPENAI_API_KEY" } ?? "")
    }

    /// Tasks that are not here yet.
    private static let tasks = [
        "APIGenGenerator", "APIGenSemanticChecker", "BitextRetrievalGenerator", "CLAIR",
        "ComplexityScorer", "EmbeddingTaskGenerator", "EvolComplexity", "EvolComplexityGenerator", "EvolInstruct",
        "EvolInstructGenerator", "EvolQuality", "GenerateLongTextMatchingData", "GenerateSentencePair",
        "GenerateShortTextMatchingData", "GenerateTextClassificationData", "GenerateTextRetrievalData", "Genstruct",
        "InstructionBacktranslation", "Magpie", "MagpieGenerator", "MathShepherdCompleter", "MathShepherdGenerator",
        "MonolingualTripletGenerator", "PrometheusEval", "QualityScorer", "StructuredGeneration", "TextClassification",
        "TextClustering", "TextGenerationWithImage", "URIAL",
    ]
}
