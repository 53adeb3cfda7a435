/// The labels of our metrics and of their dimensions: OpenTelemetry's for generative AI where it has any, else our own.
enum MetricNames {
    static let tokenUsage = "gen_ai.client.token.usage"
    static let operationDuration = "gen_ai.client.operation.duration"
    static let calls = "distilabel.calls"
    static let callsInFlight = "distilabel.calls.in_flight"
    static let cost = "distilabel.cost.dollars"
    static let unpricedCalls = "distilabel.calls.unpriced"
    static let journalHits = "distilabel.journal.hits"
    static let rows = "distilabel.rows"
    static let rowFailures = "distilabel.row.failures"
    static let stepsRunning = "distilabel.steps.running"

    static let help = [
        tokenUsage: "Tokens of prompts and answers, by call.",
        operationDuration: "Time that a call of a model took, without waiting for its turn.",
        calls: "Calls of models, every try counted.",
        callsInFlight: "Calls of models that are under way.",
        cost: "What answers cost in US dollars, of those whose price is known.",
        unpricedCalls: "Answers whose price is not known.",
        journalHits: "Answers of earlier runs that were not asked for again.",
        rows: "Rows that went into a step or came out of it.",
        rowFailures: "Rows on which a step failed; they go on with nulls.",
        stepsRunning: "Whether a step is at work: 1 until it is done, then 0.",
    ]
}

/// The names of attributes of spans and dimensions of metrics.
enum AttributeNames {
    static let operation = "gen_ai.operation.name"
    static let provider = "gen_ai.provider.name"
    static let requestModel = "gen_ai.request.model"
    static let maxTokens = "gen_ai.request.max_tokens"
    static let temperature = "gen_ai.request.temperature"
    static let choiceCount = "gen_ai.request.choice.count"
    static let finishReasons = "gen_ai.response.finish_reasons"
    static let inputTokens = "gen_ai.usage.input_tokens"
    static let outputTokens = "gen_ai.usage.output_tokens"
    static let tokenType = "gen_ai.token.type"
    static let errorType = "error.type"
    static let serverAddress = "server.address"
    static let serverPort = "server.port"
    static let pipeline = "pipeline"
    static let step = "step"
    static let spanStep = "distilabel.step"
}
