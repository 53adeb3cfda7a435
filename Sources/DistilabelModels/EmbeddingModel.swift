public import DistilabelValues

/// A model that turns texts into vectors, as a pipeline describes it: a value.
///
/// What a run holds of it is made by ``load(_:)``.
public protocol EmbeddingModel: Component {
    /// The name that goes into the column `model_name`.
    var modelName: String { get }
    /// What is wrong before any call: a key that is missing, a file that is not there. Makes no request.
    ///
    /// - Parameter environment: The environment variables.
    func problems(in environment: [String: String]) -> [String]
    /// Makes what answers requests for the length of a run.
    ///
    /// - Parameter resources: What all models of the run share.
    /// - Throws: `LanguageModelError` when it cannot be made.
    func load(_ resources: RunResources) async throws -> any LoadedEmbeddingModel
    /// Where it stands: models behind the same endpoint share its limits.
    ///
    /// - Parameter environment: The environment variables.
    func endpoint(in environment: [String: String]) -> Endpoint
    /// All that decides about a text's vector beside the text, in bytes that are the same in every run.
    func canonicalDescription() throws -> [UInt8]
}

extension EmbeddingModel {
    /// Nothing to complain about.
    public func problems(in environment: [String: String]) -> [String] { [] }
    /// In this process.
    public func endpoint(in environment: [String: String]) -> Endpoint {
        Endpoint(id: "local \(modelName)", name: modelName, model: modelName, concurrency: 1, isRemote: false)
    }
    /// The model's name.
    public func canonicalDescription() throws -> [UInt8] { Array(modelName.utf8) }
}

/// An embedding model that is ready to answer.
public protocol LoadedEmbeddingModel: Sendable {
    /// The name that goes into the column `model_name`.
    var modelName: String { get }
    /// How many requests at once it can make use of.
    var concurrency: Int { get }
    /// The vectors of some texts, in one try.
    ///
    /// - Throws: `LanguageModelError`, or `CancellationError` when the task was cancelled.
    func embed(_ texts: [String]) async throws -> EmbeddingResponse
}

/// The vectors that a model made of some texts.
public struct EmbeddingResponse: Sendable, Hashable {
    /// One vector a text, in their order.
    public var vectors: [[Double]]
    /// What the call took; may be empty.
    public var usage: [Usage]
    /// What the provider said of its limits along with it.
    public var limits: RateLimits?

    /// Makes a response.
    public init(vectors: [[Double]], usage: [Usage] = [], limits: RateLimits? = nil) {
        self.vectors = vectors
        self.usage = usage
        self.limits = limits
    }

    /// The tokens of the call.
    public var totalUsage: Usage { usage.reduce(.none, +) }
}

/// An embedding model of whatever type as a parameter of a step: in files `{…, type_info: {name: OpenAIEmbeddings}}`.
public struct Embeddings: Sendable, Codable, ParameterTypeNaming {
    /// The model.
    public var model: any EmbeddingModel

    /// How parameter tables call it.
    public static var parameterTypeName: String { "embedding model" }

    /// Makes the parameter of a model.
    public init(_ model: any EmbeddingModel) { self.model = model }

    /// Reads a model whose type the decoder's registry knows.
    public init(from decoder: any Decoder) throws {
        let component = try ModelParameter.component(from: decoder)
        guard let model = component as? any EmbeddingModel else {
            throw ModelParameter.misfit(component, "an embedding model")
        }
        self.model = model
    }

    /// Writes the parameters of the model and its type.
    public func encode(to encoder: any Encoder) throws {
        try Value.object(ComponentCoding.encode(model)).encode(to: encoder)
    }
}

/// How models are read that are parameters of others.
enum ModelParameter {
    /// The component that an object describes.
    static func component(from decoder: any Decoder) throws -> any Component {
        let value = try Value(from: decoder)
        guard let registry = decoder.userInfo[.componentRegistry] as? ComponentRegistry else {
            throw ValueCodingError(
                code: .invalid, path: "", message: "no registry of components was given to the decoder")
        }
        guard case .object(let object) = value else {
            throw ValueCodingError(
                code: .typeMismatch, path: "",
                message: "a model is an object with its parameters, not \(value.kindName)")
        }
        return try ComponentCoding.decode(from: object, registry: registry)
    }

    /// The complaint about a component of another kind.
    static func misfit(_ component: any Component, _ wanted: String) -> ValueCodingError {
        ValueCodingError(
            code: .invalid, path: "", message: "'\(type(of: component).componentName)' is not \(wanted)")
    }
}
