#if Llama
    public import Distilabel

    /// The pipeline of `Examples/math-preference.yaml`: topics of mathematics in, a preference dataset out.
    ///
    /// - Parameter models: The folder with the two quantisations of the model.
    public func mathPreference(models: String = ".local/models") throws -> Pipeline {
        func model(
            _ quantisation: String, seed: Int, temperature: Double, maxNewTokens: Int, pattern: String? = nil
        ) -> LlamaCppLLM {
            LlamaCppLLM(
                modelPath: "\(models)/SmolLM2-135M-Instruct.\(quantisation).gguf", nCtx: 1024, seed: seed,
                generationKwargs: .init(maxNewTokens: maxNewTokens, temperature: temperature),
                structuredOutput: pattern.map(StructuredOutput.regex))
        }
        let brief = "Answer the question about mathematics in one or two sentences."
        let questions = ["What", "How", "Why"].map { "\($0) [A-Za-z ,]{12,70}[?]" }
        let requests = ["Explain", "Describe"].map { "\($0) [A-Za-z ,]{12,70}[.]" }
        let judgement = "Rating: [1-5]\nRationale: The [A-Za-z ,]{12,80}[.]"

        let load = LoadDataFromDicts(
            data: [
                "prime numbers", "the Pythagorean theorem", "fractions and percentages", "quadratic equations",
                "probability with dice and coins", "the area and the perimeter of shapes", "derivatives",
                "systems of linear equations", "arithmetic sequences", "mean, median and mode",
            ].map { ["input": .string($0)] }
        ).named("load")
        let selfInstruct = SelfInstruct(
            llm: model(
                "Q4_0", seed: 42, temperature: 0.5, maxNewTokens: 200,
                pattern: (questions + requests).joined(separator: "\n")),
            numInstructions: 5, applicationDescription: "a tutor who helps pupils to learn mathematics"
        ).named("self_instruct")
        let expand = ExpandColumns(["instructions": "instruction"]).named("expand")
        let generateA = TextGeneration(
            llm: model("Q4_1", seed: 42, temperature: 0.2, maxNewTokens: 64), systemPrompt: brief
        ).named("generate_a")
        let generateB = TextGeneration(
            llm: model("Q4_0", seed: 7, temperature: 1.0, maxNewTokens: 64), systemPrompt: brief
        ).named("generate_b")
        let combine = CombineColumns(
            columns: ["generation", "model_name"], outputColumns: ["generations", "model_names"]
        ).named("combine")
        let judge = UltraFeedback(
            llm: model(
                "Q4_0", seed: 1, temperature: 0.7, maxNewTokens: 128, pattern: "\(judgement)\n\n\(judgement)"),
            aspect: .overallRating
        ).named("ultrafeedback")
        let formatDPO = FormatTextGenerationDPO().named("format_dpo")

        return try Pipeline(
            "math-preference",
            description: "Instructions about topics of mathematics, two answers to each, and which of them is better."
        ) {
            load >>> selfInstruct >>> expand >>> [generateA, generateB] >>> combine >>> judge >>> formatDPO
        }
    }
#endif
