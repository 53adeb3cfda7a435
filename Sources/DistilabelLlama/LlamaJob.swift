#if Llama
    internal import Synchronization

    /// A request on its way: what to do, and who waits for the answer.
    final class LlamaJob: Sendable {
        let request: LlamaRequest
        let prompt: [Int32]
        let grammar: ConstraintGrammar?
        let submitted = ContinuousClock.now

        private enum State {
            case new
            case waiting(CheckedContinuation<LlamaCompletion, any Error>)
            case done
        }

        private let state = Mutex(State.new)

        init(request: LlamaRequest, prompt: [Int32], grammar: ConstraintGrammar?) {
            self.request = request
            self.prompt = prompt
            self.grammar = grammar
        }

        /// Whether nobody waits for the answer any more.
        var isDone: Bool { state.withLock { if case .done = $0 { true } else { false } } }

        /// Notes who waits; false where the job was cancelled before, and then the continuation has been resumed.
        func start(_ continuation: CheckedContinuation<LlamaCompletion, any Error>) -> Bool {
            let isNew = state.withLock { state in
                guard case .new = state else { return false }
                state = .waiting(continuation)
                return true
            }
            if !isNew { continuation.resume(throwing: CancellationError()) }
            return isNew
        }

        /// Gives the result to who waits for it, unless that has been done.
        func finish(_ result: Result<LlamaCompletion, any Error>) {
            let continuation = state.withLock { state -> CheckedContinuation<LlamaCompletion, any Error>? in
                defer { state = .done }
                if case .waiting(let continuation) = state { return continuation }
                return nil
            }
            continuation?.resume(with: result)
        }
    }

    /// The jobs that wait for a sequence, shared by the workers of an engine.
    final class LlamaInbox: Sendable {
        private struct State {
            var jobs: [LlamaJob] = []
            var head = 0
            var live: [Int]
            var isRunning: [Bool]
        }

        private let state: Mutex<State>

        init(workers: Int) {
            state = Mutex(
                State(live: Array(repeating: 0, count: workers), isRunning: Array(repeating: false, count: workers)))
        }

        /// Adds a job.
        ///
        /// - Returns: The worker to start, if one rests.
        func add(_ job: LlamaJob) -> Int? {
            state.withLock { state in
                state.jobs.append(job)
                guard let resting = state.isRunning.firstIndex(of: false) else { return nil }
                state.isRunning[resting] = true
                return resting
            }
        }

        /// The next job for a worker, if there is one and the worker does not carry more than its share already.
        func take(worker: Int, live: Int) -> LlamaJob? {
            state.withLock { state in
                state.live[worker] = live
                while state.head < state.jobs.count, state.jobs[state.head].isDone { state.head += 1 }
                let waiting = state.jobs.count - state.head
                guard waiting > 0 else {
                    state.jobs.removeAll(keepingCapacity: true)
                    state.head = 0
                    return nil
                }
                let share = (state.live.reduce(0, +) + waiting + state.live.count - 1) / state.live.count
                guard live < share else { return nil }
                let job = state.jobs[state.head]
                state.head += 1
                state.live[worker] = live + 1
                if state.head > 1024 {
                    state.jobs.removeFirst(state.head)
                    state.head = 0
                }
                return job
            }
        }

        /// Puts a job back to the front: there was no room for it.
        func putBack(_ job: LlamaJob, worker: Int) {
            state.withLock { state in
                if state.head > 0 {
                    state.head -= 1
                    state.jobs[state.head] = job
                } else {
                    state.jobs.insert(job, at: 0)
                }
                state.live[worker] -= 1
            }
        }

        /// Lets an idle worker rest; false where there is a job for it.
        func rest(worker: Int) -> Bool {
            state.withLock { state in
                state.live[worker] = 0
                while state.head < state.jobs.count, state.jobs[state.head].isDone { state.head += 1 }
                guard state.head == state.jobs.count else { return false }
                state.isRunning[worker] = false
                return true
            }
        }
    }

#endif
