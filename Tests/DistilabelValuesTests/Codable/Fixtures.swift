import DistilabelValues

/// A way to choose, as a parameter.
enum Flavour: String, Codable, CaseIterable, Sendable {
    case plain
    case chatML = "chat_ml"
}

/// Settings with a default for everything.
struct Generation: DefaultsProviding, Hashable {
    var temperature = 0.7
    var maxNewTokens = 128
    var topP: Double?
    var stop: [String] = []
    static let defaults = Generation()
}

/// Settings that stand among their parent's keys.
struct Common: FlattenedSettings, DefaultsProviding, Hashable {
    var inputBatchSize = 50
    var useCache = true
    static let defaults = Common()
}

/// A component with everything in it.
struct Evolve: DefaultsProviding, Hashable {
    var name: String?
    var llm: [String: Value] = [:]
    var numEvolutions = 4
    var baseURL = "http://localhost"
    var nCtx: Int?
    var flavour = Flavour.plain
    var generation = Generation()
    var common = Common()
    var extra: Value = .null
    static let defaults = Evolve()
    static let requiredKeys = ["llm"]
}

/// A type without defaults.
struct Point: Codable, Hashable {
    var x: Int
    var y: Double
    var label: String?
    var tags: [String: Int]
    var flavour: Flavour
}

/// A type that has the same type inside.
final class Tree: Codable {
    var children: [Tree]
    init(_ children: [Tree]) { self.children = children }
}

/// An enumeration with payloads, as the compiler encodes it.
enum Shape: Codable, Hashable {
    case circle(radius: Double)
    case roundedBox(cornerRadius: Double, Int)
    case nothing
}
