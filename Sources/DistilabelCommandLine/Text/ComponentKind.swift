internal import DistilabelModels
internal import DistilabelPipeline
internal import DistilabelValues

/// What a component is for, in the order in which the kinds are listed.
enum ComponentKind: String, CaseIterable {
    case generator, step, global, join, task, model, routing, other

    /// The kind of a component.
    init(of type: any Component.Type) {
        switch type {
        case is any LanguageModel.Type, is any EmbeddingModel.Type: self = .model
        case is any LLMTask.Type, is any EmbeddingStep.Type: self = .task
        case is any GeneratorStep.Type: self = .generator
        case is any GlobalStep.Type: self = .global
        case is any JoinStep.Type: self = .join
        case is any Step.Type: self = .step
        case is any RoutingFunction.Type: self = .routing
        default: self = .other
        }
    }

    /// What the kind is.
    var meaning: String {
        switch self {
        case .generator: "make rows from data, files or nothing"
        case .step: "turn rows into rows"
        case .global: "want all rows at once"
        case .join: "make one row of the rows of several branches"
        case .task: "ask a model about each row"
        case .model: "answer tasks"
        case .routing: "choose which of the steps behind one a batch goes to"
        case .other: "serve as parameters of others"
        }
    }
}
