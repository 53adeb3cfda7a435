internal import DistilabelPipeline
internal import DistilabelValues

/// The channels of a run and which step reads and writes which.
///
/// Rows of one source share a *domain*: their lineages can be compared. A generator, a global step and a join of several domains begin
/// a new one. Each domain has one window that bounds how far its first rows run ahead of its slowest.
struct Wiring {
    private var inboxes: [String: Channel<Envelope>] = [:]
    private var sinkInboxes: [String: Channel<Envelope>] = [:]
    private var successors: [String: [(inbox: Channel<Envelope>, branch: Int)]] = [:]
    private var routers: [String: Router] = [:]
    private let convergences: Set<String>
    private var branchCounts: [String: Int] = [:]
    private var domains: [String: String] = [:]
    private var positional: Set<String> = []
    private var windows: [String: AdmissionWindow] = [:]
    /// Who reports to which window: by the reader's key and its branch.
    private var reporters: [String: [Int: (window: AdmissionWindow, endpoint: Int)]] = [:]

    /// - Parameter concurrency: The most calls that a step may have under way.
    init(_ pipeline: Pipeline, stages: [[Pipeline.Member]], options: RunOptions, concurrency: Int = 0) {
        let order = stages.flatMap(\.self)
        // Rows wait between stages, however many they are, until the steps that take them begin.
        let isStaged = stages.count > 1
        let capacity = isStaged ? Int.max : options.channelCapacity
        convergences = Set(pipeline.convergences.keys)
        for member in order { routers[member.name] = Router(behind: member, in: pipeline) }
        for member in order {
            let before = pipeline.predecessors(of: member.name)
            branchCounts[member.name] = before.count
            inboxes[member.name] = Channel(capacity: capacity, producers: before.count)
            let origins = Set(before.compactMap { domains[$0] })
            if member.step is any JoinStep, origins.count > 1 { positional.insert(member.name) }
            let startsDomain =
                member.step is any GeneratorStep || member.step is any GlobalStep || positional.contains(member.name)
            domains[member.name] = startsDomain ? member.name : origins.first
        }
        for member in order {
            for next in pipeline.successors(of: member.name) {
                guard let inbox = inboxes[next],
                    let branch = pipeline.predecessors(of: next).firstIndex(of: member.name)
                else { continue }
                successors[member.name, default: []].append((inbox, branch))
            }
        }
        for leaf in pipeline.leaves {
            let inbox = Channel<Envelope>(capacity: capacity)
            sinkInboxes[leaf.name] = inbox
            successors[leaf.name, default: []].append((inbox, 0))
        }
        makeWindows(
            pipeline, order: order, size: isStaged ? Int.max / 2 : options.window ?? max(4096, 32 * concurrency))
    }

    /// Finds where the rows of each domain arrive, and makes its window.
    private mutating func makeWindows(_ pipeline: Pipeline, order: [Pipeline.Member], size: Int) {
        var endpoints: [String: [(reader: String, branch: Int)]] = [:]
        for member in order {
            for (branch, before) in pipeline.predecessors(of: member.name).enumerated()
            where member.step is any GlobalStep || positional.contains(member.name) {
                if let domain = domains[before] { endpoints[domain, default: []].append((member.name, branch)) }
            }
        }
        for leaf in pipeline.leaves {
            if let domain = domains[leaf.name] { endpoints[domain, default: []].append((Self.sinkKey(leaf.name), 0)) }
        }
        for (domain, readers) in endpoints {
            let window = AdmissionWindow(size: size, endpoints: readers.count)
            windows[domain] = window
            for (endpoint, reader) in readers.enumerated() {
                reporters[reader.reader, default: [:]][reader.branch] = (window, endpoint)
            }
        }
    }

    private static func sinkKey(_ leaf: String) -> String { "→\(leaf)" }

    /// Whether a join brings rows together by their position.
    func isPositional(_ step: String) -> Bool { positional.contains(step) }

    /// Whether branches meet here that a routing function chose among.
    func isConvergence(_ step: String) -> Bool { convergences.contains(step) }

    /// The window of the rows that a step lets into the graph, when it does.
    func window(of step: String) -> AdmissionWindow? { domains[step] == step ? windows[step] : nil }

    /// Where a step's rows come from.
    func inlet(of step: String) -> Inlet {
        Inlet(
            inbox: inboxes[step] ?? Channel(capacity: 1), branches: branchCounts[step] ?? 0,
            reporters: reporters[step] ?? [:])
    }

    /// Where a leaf's rows come out.
    func sinkInlet(of leaf: String) -> Inlet? {
        sinkInboxes[leaf].map { Inlet(inbox: $0, branches: 1, reporters: reporters[Self.sinkKey(leaf)] ?? [:]) }
    }

    /// Where a step's rows go.
    func outlet(of step: String, events: @escaping RunEventHandler) -> Outlet {
        Outlet(step: step, targets: successors[step] ?? [], router: routers[step], events: events)
    }
}

/// Where the rows of a step come from.
struct Inlet: Sendable {
    let inbox: Channel<Envelope>
    let branches: Int
    let reporters: [Int: (window: AdmissionWindow, endpoint: Int)]

    /// Most rows that are taken at a time when more are ready.
    private static let gatherLimit = 512

    /// The next packet of a step with one predecessor, with what else is ready; nil at the end.
    func next() async throws -> Packet? {
        guard var packet = try await inbox.receive()?.packet else { return nil }
        while packet.weight < Self.gatherLimit, let more = inbox.receiveNow()?.packet { packet.append(more) }
        return packet
    }

    /// Reports that rows of a branch have arrived in order up to one.
    func report(branch: Int = 0, firstOpenRoot: Int) {
        guard let reporter = reporters[branch] else { return }
        reporter.window.report(reporter.endpoint, firstOpenRoot: firstOpenRoot)
    }
}

/// Where the rows of a step go.
struct Outlet: Sendable {
    let step: String
    let targets: [(inbox: Channel<Envelope>, branch: Int)]
    /// Chooses among the targets; nil where rows go to all.
    let router: Router?
    let events: RunEventHandler

    /// Hands rows to all that follow; returns when they have room.
    func send(_ packet: Packet) async throws {
        guard !packet.isEmpty else { return }
        if !packet.lineages.isEmpty { events(.produced(step: step, rows: packet.lineages.count)) }
        guard let router else {
            for target in targets { try await Self.send(packet, to: target) }
            return
        }
        for (target, part) in zip(targets, try router.parts(of: packet)) { try await Self.send(part, to: target) }
    }

    private static func send(_ packet: Packet, to target: (inbox: Channel<Envelope>, branch: Int)) async throws {
        try await target.inbox.send(Envelope(branch: target.branch, packet: packet), weight: packet.weight)
    }

    /// Tells all that follow that nothing comes any more.
    ///
    /// The news of a branch's end stands behind its last rows.
    func finish() {
        for target in targets { target.inbox.finish() }
    }
}
