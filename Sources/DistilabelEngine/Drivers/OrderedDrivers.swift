internal import DequeModule
internal import DistilabelPipeline
internal import DistilabelValues

/// Gives a step some rows at a time, in order.
struct BatchDriver: StepDriver {
    let step: any BatchStep
    let work: StepWork
    let inlet: Inlet
    let outlet: Outlet

    func run() async throws {
        let size = max(1, work.member.options.inputBatchSize)
        var order = OrderRestorer()
        var waiting = Packet()
        while let packet = try await inlet.next() {
            work.events(.received(step: work.name, rows: packet.lineages.count))
            let ready = order.add(packet)
            waiting.append(Packet(rows: ready.rows, lineages: ready.lineages))
            try await outlet.send(Packet(rows: RowChunk(), lineages: [], dropped: ready.dropped))
            var start = 0
            while waiting.lineages.count - start >= size {
                try await process(waiting, start..<start + size)
                start += size
            }
            if start > 0 {
                let rest = start..<waiting.lineages.count
                waiting = Packet(rows: waiting.rows.selecting(rest), lineages: Array(waiting.lineages[rest]))
            }
        }
        if !waiting.lineages.isEmpty { try await process(waiting, 0..<waiting.lineages.count) }
    }

    private func process(_ packet: Packet, _ range: Range<Int>) async throws {
        let rows = range.map { packet.rows[$0] }
        let lineages = Array(packet.lineages[range])
        let inside = rows.map(work.mapping.inside)
        do {
            let made = try await step.process(inside, in: work.context)
            work.countFailures(in: made, of: inside)
            if made.count == rows.count {
                let outside = zip(made, rows).map { work.mapping.outside($0, of: $1) }
                try await outlet.send(Packet(rows: RowChunk(outside), lineages: lineages))
            } else {
                // Which row came of which is not known: they all take the place of the first.
                var packet = Packet(made.map { work.mapping.outside($0, of: nil) }, of: lineages[0])
                packet.dropped += lineages.dropFirst()
                try await outlet.send(packet)
            }
        } catch {
            if StepWork.endsRun(error) { throw error }
            let failed = zip(inside, rows).map { work.mapping.outside(work.failed($0, error), of: $1) }
            try await outlet.send(Packet(rows: RowChunk(failed), lineages: lineages))
        }
    }
}

/// Gives a step all rows at once, in order.
struct GlobalDriver: StepDriver {
    let step: any GlobalStep
    let work: StepWork
    let inlet: Inlet
    let outlet: Outlet
    let window: AdmissionWindow?

    func run() async throws {
        var order = OrderRestorer()
        var rows: [Row] = []
        while let packet = try await inlet.next() {
            work.events(.received(step: work.name, rows: packet.lineages.count))
            rows += order.add(packet).rows.rows
            inlet.report(firstOpenRoot: order.firstOpenRoot)
        }
        work.events(.stepStarted(step: work.name))
        let originals = rows
        let made = try await step.process(rows.map(work.mapping.inside), in: work.context)
        work.countFailures(in: made, of: originals)
        let keepsRows = made.count == originals.count
        var identities = work.makesIdentities ? RowIdentities() : nil
        for (root, row) in made.enumerated() {
            try await window?.admit(root)
            let outside = work.mapping.outside(row, of: keepsRows ? originals[root] : nil)
            let origin = identities?.next(for: outside) ?? 0
            try await outlet.send(Packet([outside], of: Lineage(root: root, origin: origin)))
        }
    }
}

/// Brings branches together and gives a step one row of each at a time.
struct JoinDriver: StepDriver {
    let step: any JoinStep
    let work: StepWork
    let inlet: Inlet
    let outlet: Outlet
    let isPositional: Bool
    /// Whether a branch that has no row is left out instead of standing there with nil.
    let leavesOutMissing: Bool
    let window: AdmissionWindow?

    func run() async throws {
        if isPositional { try await runByPosition() } else { try await runByLineage() }
    }

    private func runByLineage() async throws {
        var join = LineageJoin(branches: inlet.branches)
        while let envelope = try await inlet.inbox.receive() {
            guard let packet = envelope.packet else { continue }
            work.events(.received(step: work.name, rows: packet.lineages.count))
            let outcome = join.add(packet, from: envelope.branch)
            var made = Packet()
            made.dropped = outcome.dropped
            for match in outcome.matches { made.append([try joined(match.rows)], of: match.lineage) }
            try await outlet.send(made)
        }
    }

    private func runByPosition() async throws {
        var join = PositionalJoin(branches: inlet.branches)
        var place = Place(identities: work.makesIdentities ? RowIdentities() : nil)
        while let envelope = try await inlet.inbox.receive() {
            let together: [[Row?]]
            if let packet = envelope.packet {
                work.events(.received(step: work.name, rows: packet.lineages.count))
                together = join.add(packet, from: envelope.branch)
                inlet.report(
                    branch: envelope.branch, firstOpenRoot: join.firstOpenRoot(of: envelope.branch))
            } else {
                together = join.end(envelope.branch)
            }
            try await send(together, from: &place)
        }
        for branch in 0..<inlet.branches { try await send(join.end(branch), from: &place) }
    }

    /// Where the next row of a join by position stands.
    private struct Place {
        var root = 0
        var identities: RowIdentities?
    }

    private func send(_ together: [[Row?]], from place: inout Place) async throws {
        for rows in together {
            try await window?.admit(place.root)
            let row = try joined(rows)
            let origin = place.identities?.next(for: row) ?? 0
            try await outlet.send(Packet([row], of: Lineage(root: place.root, origin: origin)))
            place.root += 1
        }
    }

    private func joined(_ rows: [Row?]) throws -> Row {
        let first = rows.compactMap { $0 }.first
        do {
            let present = leavesOutMissing ? rows.filter { $0 != nil } : rows
            let made = try step.join(present.map { $0.map(work.mapping.inside) }, in: work.context)
            return work.mapping.outside(made, of: first)
        } catch {
            if StepWork.endsRun(error) { throw error }
            return work.mapping.outside(work.failed(first.map(work.mapping.inside) ?? Row(), error), of: first)
        }
    }
}

/// Hands the rows of a leaf to whoever keeps them, in order.
struct SinkDriver: Sendable {
    let inlet: Inlet
    let sink: any RowSink
    let control: RunControl

    func run() async throws {
        var order = OrderRestorer()
        while let packet = try await inlet.next() {
            let ready = order.add(packet)
            if !ready.lineages.isEmpty { try await write(ready.rows) }
            inlet.report(firstOpenRoot: order.firstOpenRoot)
        }
    }

    /// Writes rows; where that is not possible any more the answers under way are waited for, since they are paid for.
    private func write(_ rows: RowChunk) async throws {
        do {
            try await sink.write(rows)
        } catch let error as CancellationError {
            throw error
        } catch {
            control.stop(RunStop(.output(error)))
            throw try await control.drained()
        }
    }
}
