#if Llama
    internal import Dispatch

    /// The thread that a worker computes on; none of Swift's own, which must not be held for long.
    final class WorkerExecutor: SerialExecutor {
        private let queue: DispatchQueue

        init(label: String) { queue = DispatchQueue(label: label, qos: .userInitiated) }

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
        }
    }

    /// Decodes many sequences together in one context: takes jobs as sequences become free, evaluates a step for all of
    /// them, draws a token for each, and ends those that are done.
    actor LlamaWorker {
        private let executor: WorkerExecutor
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        private let index: Int
        private let model: LlamaModel
        private let options: LlamaEngineOptions.Resolved
        private let inbox: LlamaInbox
        private var context: LlamaContext?
        private var sequences: [LlamaSequence] = []
        /// Finished sequences that stay in the context for others to start from, the one used last at the end.
        private var kept: [PrefixPlan.Source] = []
        private var freeNumbers: [Int32] = []
        /// Grammars that have been read, by their text.
        private var grammars: [String: LlamaGrammar] = [:]

        init(index: Int, model: LlamaModel, options: LlamaEngineOptions.Resolved, inbox: LlamaInbox) {
            executor = WorkerExecutor(label: "llama.worker.\(index)")
            self.index = index
            self.model = model
            self.options = options
            self.inbox = inbox
        }

        /// Makes the context.
        func prepare() throws {
            guard context == nil else { return }
            context = try LlamaContext(model: model, options: options)
            freeNumbers = (0..<Int32(options.sequences + options.kept)).reversed()
        }

        /// Works until there are no more jobs.
        func run() {
            repeat {
                repeat {
                    dropCancelled()
                    admit()
                    if !sequences.isEmpty { step() }
                } while !sequences.isEmpty
            } while !inbox.rest(worker: index)
        }

        // MARK: Beginnings and ends

        private func admit() {
            guard let context else { return }
            while sequences.count < options.sequences {
                guard let job = inbox.take(worker: index, live: sequences.count) else { return }
                let need = min(job.prompt.count + job.request.maxTokens, options.sequenceLength)
                let live = sequences.reduce(0) { $0 + $1.reserved }
                while !kept.isEmpty, live + kept.reduce(need, { $0 + $1.tokens.count }) > context.length {
                    forget(kept.removeFirst())
                }
                if live + need > context.length {
                    inbox.putBack(job, worker: index)
                    return
                }
                do {
                    try begin(job, reserving: need)
                } catch {
                    job.finish(.failure(error))
                }
            }
        }

        private func begin(_ job: LlamaJob, reserving need: Int) throws(LlamaError) {
            let grammar = try job.grammar.map { grammar throws(LlamaError) in try self.grammar(grammar.text) }
            guard let number = freeNumbers.popLast() else { return inbox.putBack(job, worker: index) }
            sequences.append(
                LlamaSequence(
                    job: job, number: number, reserved: need, tokens: job.prompt,
                    sampler: TokenSampler(job.request.sampling),
                    grammar: grammar, endsWithGrammar: job.grammar?.isClosed ?? false,
                    stops: job.request.stop.map { Array($0.utf8) }))
            settle(sequences.count - 1)
        }

        /// A follower of a grammar at its beginning.
        private func grammar(_ text: String) throws(LlamaError) -> LlamaGrammar {
            if let known = grammars[text]?.copy() { return known }
            let grammar = try LlamaGrammar(text, model: model)
            if grammars.count >= 64 { grammars = [:] }
            grammars[text] = grammar
            return grammar.copy() ?? grammar
        }

        /// Decides how a waiting sequence begins.
        private func settle(_ position: Int) {
            guard let context else { return }
            let sequence = sequences[position]
            guard model.sharesPrefixes else { return sequences[position].phase = .prompt }
            // Only sequences that do not wait themselves are waited for, so no two can wait for each other.
            let live = sequences.lazy.filter { $0.phase != .waiting }
                .map { PrefixPlan.Source(sequence: $0.number, tokens: $0.tokens, evaluated: $0.evaluated) }
            switch PrefixPlan.choose(prompt: sequence.tokens, sources: Array(live) + kept) {
            case .wait: break
            case .evaluate: sequences[position].phase = .prompt
            case .copy(let source, let count):
                context.copy(source, to: sequence.number, count: count)
                sequences[position].evaluated = count
                sequences[position].shared = count
                sequences[position].phase = .prompt
                if let used = kept.firstIndex(where: { $0.sequence == source }) { kept.append(kept.remove(at: used)) }
            }
        }

        private func dropCancelled() {
            for position in sequences.indices.reversed() where sequences[position].job.isDone { end(position) }
        }

        /// Takes a sequence off the list.
        ///
        /// What it has evaluated of its prompt stays for others, in place of what is kept of the same kind. The answer goes:
        /// every token in the context is one more that each step looks at.
        private func end(_ position: Int) {
            let sequence = sequences.remove(at: position)
            let count = min(sequence.evaluated, sequence.job.prompt.count)
            let source = PrefixPlan.Source(
                sequence: sequence.number, tokens: Array(sequence.tokens.prefix(count)), evaluated: count)
            guard model.sharesPrefixes, count > 0 else { return forget(source) }
            context?.remove(sequence.number, from: count)
            if let older = kept.firstIndex(where: {
                PrefixPlan.commonPrefix($0.tokens, source.tokens) * 2 >= sequence.job.prompt.count
            }) {
                forget(kept.remove(at: older))
            } else if kept.count >= options.kept {
                forget(kept.removeFirst())
            }
            kept.append(source)
        }

        private func forget(_ source: PrefixPlan.Source) {
            context?.remove(source.sequence)
            freeNumbers.append(source.sequence)
        }

        // MARK: A step

        private func step() {
            guard let context else { return }
            for position in sequences.indices where sequences[position].phase == .waiting { settle(position) }
            fillBatch(context)
            do {
                try context.evaluate()
            } catch {
                for sequence in sequences { sequence.job.finish(.failure(error)) }
                sequences = []
                kept = []
                context.removeAll()
                freeNumbers = (0..<Int32(options.sequences + options.kept)).reversed()
                return
            }
            for position in sequences.indices.reversed() {
                guard let output = sequences[position].output, let logits = context.logits(at: output) else { continue }
                if let reason = sequences[position].advance(logits, model: model) {
                    sequences[position].job.finish(.success(sequences[position].completion(reason)))
                    end(position)
                }
            }
        }

        /// Puts the last token of every answer into the batch, and as much of the prompts as there is room for.
        private func fillBatch(_ context: LlamaContext) {
            context.clearBatch()
            for position in sequences.indices {
                sequences[position].output = nil
                guard case .answer = sequences[position].phase else { continue }
                let sequence = sequences[position]
                sequences[position].output = context.add(
                    sequence.tokens[sequence.evaluated], at: sequence.evaluated, of: sequence.number, wantsLogits: true)
                sequences[position].evaluated += 1
            }
            for position in sequences.indices {
                guard case .prompt = sequences[position].phase else { continue }
                let number = sequences[position].number
                let start = sequences[position].evaluated
                let end = min(start + context.room, sequences[position].tokens.count)
                for index in start..<end {
                    let isLast = index == sequences[position].tokens.count - 1
                    let place = context.add(
                        sequences[position].tokens[index], at: index, of: number, wantsLogits: isLast)
                    if isLast {
                        sequences[position].output = place
                        sequences[position].phase = .answer
                    }
                }
                sequences[position].evaluated = end
            }
        }
    }

#endif
