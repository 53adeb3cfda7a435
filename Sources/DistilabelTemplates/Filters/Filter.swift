/// A filter: what stands after `|`.
struct Filter: Sendable {
    typealias Body = @Sendable (Interpreter, Object, BoundArguments) throws(TemplateError) -> Object

    let name: String
    let signature: Signature
    let apply: Body

    init(_ name: String, _ parameters: [String], required: Int = 0, rest: Bool = false, _ apply: @escaping Body) {
        self.name = name
        signature = Signature(parameters, required: required, takesRest: rest)
        self.apply = apply
    }

    /// A filter without parameters.
    init(_ name: String, _ apply: @escaping Body) {
        self.init(name, [], apply)
    }

    /// All filters by name.
    static let all: [String: Filter] = {
        let filters = TextFilters.all + NumberFilters.all + SequenceFilters.all + SelectionFilters.all + JSONFilter.all
        return Dictionary(filters.map { ($0.name, $0) }) { first, _ in first }
    }()

    /// Filters of Jinja that prompts do without.
    private static let left: Set<String> = ["attr", "pprint", "random", "urlize", "xmlattr", "filesizeformat"]

    static func named(_ name: String, at position: Position? = nil) throws(TemplateError) -> Filter {
        if let filter = all[name] { return filter }
        if left.contains(name) {
            throw TemplateError(.unsupported, "the filter '\(name)' is not supported in prompts", at: position)
        }
        throw TemplateError(
            .unknownFilter, "there is no filter '\(name)'" + suggestion(for: name, among: all.keys), at: position)
    }

    /// Checks the filter's name that `map` is given and the test's that `select` and its like are, where they are
    /// written out.
    func checkNames(in arguments: CallArguments) throws(TemplateError) {
        let place = name.hasSuffix("attr") ? 1 : 0
        guard ["map", "select", "reject", "selectattr", "rejectattr"].contains(name),
            arguments.positional.count > place,
            case .string(let inner) = arguments.positional[place].kind
        else { return }
        let position = arguments.positional[place].position
        if name == "map" {
            _ = try Filter.named(inner, at: position)
        } else {
            _ = try ValueTest.named(inner, at: position)
        }
    }
}

extension BoundArguments {
    /// An argument as an integer, or the default where it was left out.
    func int(_ index: Int, _ fallback: Int) throws(TemplateError) -> Int {
        switch self[index] {
        case nil: return fallback
        case .int(let value)?: return value
        case .bool(let value)?: return value ? 1 : 0
        case let value?: throw TemplateError(.type, "argument \(index + 1) is to be an integer, not \(value.typeName)")
        }
    }

    /// An argument as an integer, or nil where it is left out or none.
    func optionalInt(_ index: Int) throws(TemplateError) -> Int? {
        switch self[index] {
        case nil, Object.none?: nil
        default: try int(index, 0)
        }
    }

    func text(_ index: Int, _ fallback: String) throws(TemplateError) -> String {
        guard let value = self[index] else { return fallback }
        guard let text = value.text else {
            throw TemplateError(.type, "argument \(index + 1) is to be a str, not \(value.typeName)")
        }
        return text
    }

    func optionalText(_ index: Int) throws(TemplateError) -> String? {
        switch self[index] {
        case nil, Object.none?: nil
        default: try text(index, "")
        }
    }

    func isTrue(_ index: Int) -> Bool { self[index]?.isTrue ?? false }
}
