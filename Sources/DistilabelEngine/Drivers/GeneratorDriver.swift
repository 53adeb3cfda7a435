internal import DistilabelPipeline
internal import DistilabelValues

/// Lets a generator make rows, as fast as the window and the channels allow.
struct GeneratorDriver: StepDriver {
    let step: any GeneratorStep
    let work: StepWork
    let outlet: Outlet
    let window: AdmissionWindow?
    let rowLimit: Int?

    /// Rows that travel together: few enough that a run of a few rows starts at once.
    private static let packetSize = 64

    /// Ends a generator that has made enough rows.
    private struct EnoughRows: Error {}

    func run() async throws {
        work.events(.stepStarted(step: work.name))
        var packet = Packet()
        var root = 0
        var identities = work.makesIdentities ? RowIdentities() : nil
        do {
            try await step.generate(in: work.context) { row in
                if let rowLimit, root >= rowLimit { throw EnoughRows() }
                try await window?.admitOrFlush(root) {
                    try await outlet.send(packet)
                    packet = Packet()
                }
                let outside = work.mapping.outside(row, of: nil)
                let origin = identities?.next(for: outside) ?? 0
                packet.append([outside], of: Lineage(root: root, origin: origin))
                root += 1
                if packet.weight >= Self.packetSize {
                    try await outlet.send(packet)
                    packet = Packet()
                }
            }
        } catch is EnoughRows {}
        try await outlet.send(packet)
    }
}

extension AdmissionWindow {
    /// Waits until a row may enter; before it waits, what was gathered must go on its way, or nobody would ever report it.
    func admitOrFlush(_ root: Int, flush: () async throws -> Void) async throws {
        if !canAdmit(root) { try await flush() }
        try await admit(root)
    }
}
