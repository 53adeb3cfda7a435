internal import DistilabelValues

/// A graph of steps: an immutable description.
///
/// Making one has no side effect; running it is the engine's work.
///
///     let pipeline = try Pipeline("math-preference") {
///         load >>> selfInstruct >>> expand >>> [generateA, generateB] >>> combine >>> judge >>> formatDPO
///     }
public struct Pipeline: Sendable {
    /// A step in the graph.
    public struct Member: Sendable {
        /// Its name, unique in the pipeline.
        public var name: String
        /// The step.
        public var step: any Step
        /// The parameters that every step has.
        public var options: StepOptions

        /// Makes a member.
        public init(name: String, step: any Step, options: StepOptions = StepOptions()) {
            self.name = name
            self.step = step
            self.options = options
        }
    }

    /// A connection between two steps, by name.
    public struct Edge: Sendable, Hashable {
        /// The step that rows come from.
        public var from: String
        /// The step that they go to.
        public var to: String

        /// Makes a connection.
        public init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }

    /// Its name.
    public var name: String
    /// What it is for.
    public var description: String?
    /// The steps, in the order of their mention.
    public var members: [Member]
    /// The connections, in the order of their mention.
    public var edges: [Edge]
    /// What chooses, batch by batch, to which of the steps behind one its rows go, by the step's name; without one they go to all.
    public var routing: [String: any RoutingFunction] = [:]
    /// The Python packages that a pipeline's file asks for; kept for Python's sake, and of no effect here.
    public var requirements: [String] = []

    /// Makes a pipeline of members and connections, unchecked; see `diagnostics(environment:)`.
    public init(
        name: String, description: String? = nil, members: [Member], edges: [Edge],
        routing: [String: any RoutingFunction] = [:]
    ) {
        self.routing = routing
        self.name = name
        self.description = description
        self.members = members
        self.edges = edges
    }

    /// Makes a pipeline of chains.
    ///
    /// Steps without a name get that of their type in snake case and a number, as in Python: `keep_columns_0`.
    ///
    /// A pipeline without a step that loads rows is run with `run(dataset:)`.
    ///
    /// - Throws: `PipelineError` with everything that is wrong with the graph (a cycle, two steps of a name, a column that nobody makes).
    public init(_ name: String, description: String? = nil, @PipelineBuilder _ body: () throws -> Chain) throws {
        let chain = try body()
        var names: [ObjectIdentifier: String] = [:]
        var counters: [String: Int] = [:]
        let taken = Set(chain.nodes.compactMap(\.name))
        var members: [Member] = []
        for node in chain.nodes where names[ObjectIdentifier(node)] == nil {
            let name = node.name ?? Self.automaticName(of: node.step, counters: &counters, taken: taken)
            names[ObjectIdentifier(node)] = name
            members.append(Member(name: name, step: node.step, options: node.options))
        }
        let edges = chain.edges.compactMap { edge -> Edge? in
            guard let from = names[ObjectIdentifier(edge.from)], let to = names[ObjectIdentifier(edge.to)] else {
                return nil
            }
            return Edge(from: from, to: to)
        }
        var routing: [String: any RoutingFunction] = [:]
        for (node, function) in chain.routings {
            if let step = names[ObjectIdentifier(node)] { routing[step] = function }
        }
        self.init(
            name: name, description: description, members: members, edges: Array(OrderedSet(edges)), routing: routing)
        let errors = diagnostics(awaitsDataset: !members.contains { $0.step is any GeneratorStep })
            .filter { $0.severity == .error }
        if !errors.isEmpty { throw PipelineError(errors, pipeline: name) }
    }

    /// The name that a step without one gets: the type's, cut at its capitals, and the first free number.
    private static func automaticName(
        of step: any Step, counters: inout [String: Int], taken: Set<String>
    ) -> String {
        var stem = ""
        for character in type(of: step).componentName {
            if character.isUppercase, !stem.isEmpty { stem += "_" }
            stem += character.lowercased()
        }
        while true {
            let number = counters[stem, default: 0]
            counters[stem] = number + 1
            if !taken.contains("\(stem)_\(number)") { return "\(stem)_\(number)" }
        }
    }
}

// MARK: - The graph

extension Pipeline {
    /// The member of a name, or nil.
    public func member(named name: String) -> Member? { members.first { $0.name == name } }

    /// The names of the steps that lead to one, in the order of the connections.
    public func predecessors(of name: String) -> [String] { edges.filter { $0.to == name }.map(\.from) }

    /// The names of the steps that one leads to, in the order of the connections.
    public func successors(of name: String) -> [String] { edges.filter { $0.from == name }.map(\.to) }

    /// The steps that lead nowhere: their rows are the dataset.
    public var leaves: [Member] { members.filter { successors(of: $0.name).isEmpty } }

    /// The members with each behind all that lead to it, or nil when there is a cycle.
    public var topologicalOrder: [Member]? {
        var waiting = Dictionary(
            uniqueKeysWithValues: Set(members.map(\.name)).map { ($0, predecessors(of: $0).count) })
        var ready = members.filter { waiting[$0.name] == 0 }
        var order: [Member] = []
        while !ready.isEmpty {
            let member = ready.removeFirst()
            order.append(member)
            for next in successors(of: member.name) {
                waiting[next, default: 0] -= 1
                if waiting[next] == 0, let follower = self.member(named: next) { ready.append(follower) }
            }
        }
        return order.count == members.count ? order : nil
    }

    /// The steps that could be read and all of whose ancestors could, with the connections between them: what can be checked of a
    /// description of which some steps cannot be read.
    ///
    /// - Parameter steps: The names of all steps of the description. Connections to names beyond these stay, to be complained about.
    func readablePart(steps: [String]) -> Pipeline {
        var readable = Set(members.map(\.name))
        var shrank = true
        while shrank {
            shrank = false
            for name in readable
            where predecessors(of: name).contains(where: { steps.contains($0) && !readable.contains($0) }) {
                readable.remove(name)
                shrank = true
            }
        }
        return Pipeline(
            name: self.name, members: members.filter { readable.contains($0.name) },
            edges: edges.filter { edge in
                [edge.from, edge.to].allSatisfy { readable.contains($0) || !steps.contains($0) }
            },
            routing: routing.filter {
                readable.contains($0.key) && successors(of: $0.key).allSatisfy(readable.contains)
            })
    }
}
