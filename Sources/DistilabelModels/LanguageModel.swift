public import DistilabelValues

/// A language model as a pipeline describes it: a value.
///
/// What a run holds of it (connections, a loaded file) is made by ``load(_:)``.
public protocol LanguageModel: Component {
    /// The name that goes into the column `model_name`.
    var modelName: String { get }
    /// The form that all its answers must have, unless a request states its own.
    var structuredOutput: StructuredOutput? { get set }
    /// What is wrong before any call: a key that is missing, a file that is not there. Makes no request.
    ///
    /// - Parameter environment: The environment variables.
    func problems(in environment: [String: String]) -> [String]
    /// Makes what answers requests for the length of a run.
    ///
    /// - Parameter resources: What all models of the run share.
    /// - Throws: `LanguageModelError` when it cannot be made.
    func load(_ resources: RunResources) async throws -> any LoadedLanguageModel
    /// Where it stands: models behind the same endpoint share its limits.
    ///
    /// - Parameter environment: The environment variables.
    func endpoint(in environment: [String: String]) -> Endpoint
    /// Whether one call gives all answers that a request wants; else it is called once for each, with requests that want one.
    var makesSeveral: Bool { get }
    /// Most tokens of an answer, where that is set.
    var maximumOutputTokens: Int? { get }
    /// All that decides about the answer, in bytes that are the same in every run; what only says how to reach the model, or how long
    /// to wait for it, is not part of it.
    ///
    /// A model whose seed depends on `occurrence` puts that in.
    func canonicalRequest(_ request: GenerationRequest) throws -> [UInt8]
}

extension LanguageModel {
    /// Nothing to complain about.
    public func problems(in environment: [String: String]) -> [String] { [] }
    /// In this process.
    public func endpoint(in environment: [String: String]) -> Endpoint {
        Endpoint(id: "local \(modelName)", name: modelName, model: modelName, concurrency: 64, isRemote: false)
    }
    /// It does.
    public var makesSeveral: Bool { true }
    /// Not known.
    public var maximumOutputTokens: Int? { nil }
    /// The model's name, its form and the request, as JSON.
    public func canonicalRequest(_ request: GenerationRequest) throws -> [UInt8] {
        var object: Value.Object = [
            "model": .string(modelName), "messages": .array(request.messages.map(\.value)),
            "n": .int(request.numberOfGenerations),
        ]
        if let form = request.structuredOutput ?? structuredOutput {
            object["form"] = ["format": .string((form.format ?? .json).rawValue), "schema": form.schema]
        }
        var bytes: [UInt8] = []
        try JSON.write(.object(object), into: &bytes)
        return bytes
    }
}

/// A language model that is ready to answer.
public protocol LoadedLanguageModel: Sendable {
    /// The name that goes into the column `model_name`.
    var modelName: String { get }
    /// How many requests at once it can make use of.
    var concurrency: Int { get }
    /// Answers a request, in one try.
    ///
    /// - Throws: `LanguageModelError`, or `CancellationError` when the task was cancelled.
    func generate(_ request: GenerationRequest) async throws -> GenerationResponse
}

/// A language model of whatever type as a parameter of a task: in files `{…, type_info: {name: OpenAILLM}}`.
public struct LLM: Sendable, Codable, ParameterTypeNaming {
    /// The model.
    public var model: any LanguageModel

    /// How parameter tables call it.
    public static var parameterTypeName: String { "language model" }

    /// Makes the parameter of a model.
    public init(_ model: any LanguageModel) { self.model = model }

    /// Reads a model whose type the decoder's registry knows.
    public init(from decoder: any Decoder) throws {
        let component = try ModelParameter.component(from: decoder)
        guard let model = component as? any LanguageModel else {
            throw ModelParameter.misfit(component, "a language model")
        }
        self.model = model
    }

    /// Writes the parameters of the model and its type.
    public func encode(to encoder: any Encoder) throws {
        try Value.object(ComponentCoding.encode(model)).encode(to: encoder)
    }
}
