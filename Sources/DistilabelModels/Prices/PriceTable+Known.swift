extension PriceTable {
    /// The servers of providers, by the names under which prices may be stated.
    public static let providers: [String: [String]] = [
        "anthropic": ["api.anthropic.com"],
        "cerebras": ["api.cerebras.ai"],
        "cohere": ["api.cohere.com", "api.cohere.ai"],
        "deepseek": ["api.deepseek.com"],
        "fireworks": ["api.fireworks.ai"],
        "google": ["generativelanguage.googleapis.com"],
        "groq": ["api.groq.com"],
        "mistral": ["api.mistral.ai"],
        "openai": ["api.openai.com"],
        "openrouter": ["openrouter.ai"],
        "perplexity": ["api.perplexity.ai"],
        "together": ["api.together.xyz", "api.together.ai"],
        "xai": ["api.x.ai"],
    ]

    /// The prices that ship, as of 1 November 2026.
    ///
    /// Left out is what a single pair of numbers does not say: names that move from model to model
    /// (`mistral-large-latest`), prices that depend on the hour (DeepSeek's) or on the length of the prompt (Gemini's
    /// Pro models, newer Claude Sonnets). Where price lists differ, that of genai-prices 0.2.3 holds, which a test compares with. Batches, pictures, sound and
    /// fine-tuned models have other prices and are not here.
    public static let known = PriceTable(
        group("openai", openAI) + group("anthropic", anthropic) + group("google", google) + group("mistral", mistral)
            + group("groq", groq) + group("together", together),
        asOf: "2026-11-01")

    /// A model with dollars per million tokens of prompt, answer and, where it is known, prompt kept by the provider.
    private typealias Line = (model: String, input: Double, output: Double, cached: Double?)

    private static func group(_ provider: String, _ lines: [Line]) -> [Entry] {
        lines.compactMap { line in
            Price(perMillionInput: line.input, output: line.output, cachedInput: line.cached).map {
                Entry(model: line.model, hosts: providers[provider] ?? [], provider: provider, price: $0)
            }
        }
    }

    private static let openAI: [Line] = [
        ("gpt-5.2", 1.75, 14, 0.175),
        ("gpt-5.1", 1.25, 10, 0.125),
        ("gpt-5", 1.25, 10, 0.125),
        ("gpt-5-mini", 0.25, 2, 0.025),
        ("gpt-5-nano", 0.05, 0.4, 0.005),
        ("gpt-4.1", 2, 8, 0.5),
        ("gpt-4.1-mini", 0.4, 1.6, 0.1),
        ("gpt-4.1-nano", 0.1, 0.4, 0.025),
        ("gpt-4o", 2.5, 10, 1.25),
        ("gpt-4o-2024-05-13", 5, 15, nil),
        ("gpt-4o-mini", 0.15, 0.6, 0.075),
        ("chatgpt-4o-latest", 5, 15, nil),
        ("o1", 15, 60, 7.5),
        ("o1-preview", 15, 60, 7.5),
        ("o1-mini", 1.1, 4.4, 0.55),
        ("o3", 2, 8, 0.5),
        ("o3-mini", 1.1, 4.4, 0.55),
        ("o3-pro", 20, 80, nil),
        ("o4-mini", 1.1, 4.4, 0.275),
        ("gpt-4-turbo", 10, 30, nil),
        ("gpt-4-turbo-preview", 10, 30, nil),
        ("gpt-4-0125-preview", 10, 30, nil),
        ("gpt-4-1106-preview", 10, 30, nil),
        ("gpt-4", 30, 60, nil),
        ("gpt-4-0613", 30, 60, nil),
        ("gpt-4-32k", 60, 120, nil),
        ("gpt-3.5-turbo", 0.5, 1.5, nil),
        ("gpt-3.5-turbo-0125", 0.5, 1.5, nil),
        ("gpt-3.5-turbo-1106", 1, 2, nil),
        ("gpt-3.5-turbo-instruct", 1.5, 2, nil),
        ("text-embedding-3-large", 0.13, 0, nil),
        ("text-embedding-3-small", 0.02, 0, nil),
        ("text-embedding-ada-002", 0.1, 0, nil),
    ]

    /// A name without a date stands for its snapshots.
    private static let anthropic: [Line] = [
        ("claude-opus-4-5", 5, 25, 0.5),
        ("claude-opus-4-1", 15, 75, 1.5),
        ("claude-opus-4-0", 15, 75, 1.5),
        ("claude-opus-4", 15, 75, 1.5),
        ("claude-sonnet-4-0", 3, 15, 0.3),
        ("claude-sonnet-4", 3, 15, 0.3),
        ("claude-haiku-4-5", 1, 5, 0.1),
        ("claude-3-7-sonnet", 3, 15, 0.3),
        ("claude-3-7-sonnet-latest", 3, 15, 0.3),
        ("claude-3-5-sonnet", 3, 15, 0.3),
        ("claude-3-5-sonnet-latest", 3, 15, 0.3),
        ("claude-3-5-haiku", 0.8, 4, 0.08),
        ("claude-3-5-haiku-latest", 0.8, 4, 0.08),
        ("claude-3-opus", 15, 75, 1.5),
        ("claude-3-opus-latest", 15, 75, 1.5),
        ("claude-3-sonnet", 3, 15, nil),
        ("claude-3-haiku", 0.25, 1.25, 0.03),
        ("claude-2.1", 8, 24, nil),
        ("claude-2.0", 8, 24, nil),
    ]

    private static let google: [Line] = [
        ("gemini-2.5-flash", 0.3, 2.5, nil),
        ("gemini-2.5-flash-lite", 0.1, 0.4, nil),
        ("gemini-2.0-flash", 0.1, 0.4, 0.025),
        ("gemini-2.0-flash-001", 0.1, 0.4, 0.025),
        ("gemini-2.0-flash-lite", 0.075, 0.3, nil),
        ("gemini-2.0-flash-lite-001", 0.075, 0.3, nil),
        ("gemini-embedding-001", 0.15, 0, nil),
    ]

    private static let mistral: [Line] = [
        ("mistral-large-2512", 0.5, 1.5, nil),
        ("mistral-large-2411", 2, 6, nil),
        ("mistral-medium-2508", 0.4, 2, nil),
        ("mistral-medium-2505", 0.4, 2, nil),
        ("mistral-small-2506", 0.1, 0.3, nil),
        ("magistral-medium-2506", 2, 5, nil),
        ("magistral-small-2506", 0.5, 1.5, nil),
        ("ministral-8b-2410", 0.1, 0.1, nil),
        ("codestral-2508", 0.3, 0.9, nil),
        ("codestral-2501", 0.3, 0.9, nil),
        ("pixtral-large-2411", 2, 6, nil),
        ("open-mistral-7b", 0.25, 0.25, nil),
        ("open-mistral-nemo", 0.15, 0.15, nil),
        ("open-mixtral-8x7b", 0.7, 0.7, nil),
        ("open-mixtral-8x22b", 2, 6, nil),
        ("mistral-embed", 0.1, 0.1, nil),
    ]

    private static let groq: [Line] = [
        ("llama-3.1-8b-instant", 0.05, 0.08, nil),
        ("llama-3.3-70b-versatile", 0.59, 0.79, nil),
        ("llama3-70b-8192", 0.59, 0.79, nil),
        ("llama3-8b-8192", 0.05, 0.08, nil),
        ("mixtral-8x7b-32768", 0.24, 0.24, nil),
        ("gemma2-9b-it", 0.2, 0.2, nil),
        ("meta-llama/llama-4-maverick-17b-128e-instruct", 0.2, 0.6, nil),
        ("meta-llama/llama-4-scout-17b-16e-instruct", 0.11, 0.34, nil),
        ("qwen/qwen3-32b", 0.29, 0.59, nil),
    ]

    private static let together: [Line] = [
        ("meta-llama/Llama-3.3-70B-Instruct-Turbo", 0.88, 0.88, nil),
        ("meta-llama/Meta-Llama-3.1-405B-Instruct-Turbo", 3.5, 3.5, nil),
        ("meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo", 0.88, 0.88, nil),
        ("meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo", 0.18, 0.18, nil),
        ("meta-llama/Meta-Llama-3-70B-Instruct-Turbo", 0.88, 0.88, nil),
        ("meta-llama/Meta-Llama-3-8B-Instruct-Lite", 0.1, 0.1, nil),
        ("meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8", 0.27, 0.85, nil),
        ("meta-llama/Llama-4-Scout-17B-16E-Instruct", 0.18, 0.59, nil),
        ("microsoft/WizardLM-2-8x22B", 1.2, 1.2, nil),
    ]
}
