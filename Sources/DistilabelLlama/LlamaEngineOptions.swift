#if Llama

    /// How an engine uses the machine.
    ///
    /// An engine runs one or more workers. A worker decodes many sequences together, in a context (memory for the
    /// running sequences) of its own; all share the one model. Workers never wait for each other, where the threads of
    /// one worker do at every layer of the model, spinning: on a machine of two processors with six times as much to do
    /// as it could, one worker of one thread and two workers of one thread made 23 and 21 tokens a second, one worker
    /// of two threads made 3. So small models get many workers of one thread, and only large ones, of whose memory each
    /// worker needs much, get threads, one less than there are processors.
    public struct LlamaEngineOptions: Sendable, Hashable {
        /// How many sequences a worker decodes together.
        public var sequences: Int
        /// How many tokens the sequences of a worker may hold together, prompts and answers; nil chooses 1,024 for each
        /// sequence, at least what the model was trained with up to 8,192, and at most 32,768.
        ///
        /// One sequence holds at most what the model was trained with.
        public var contextLength: Int?
        /// How many workers there are; nil chooses one for each processor (16 at most) for models below half a gigabyte
        /// that no GPU computes, else one.
        public var workers: Int?
        /// How many threads a worker computes with; nil chooses one where there are several workers, else one less than
        /// there are processors.
        public var threads: Int?
        /// How many tokens of prompts a worker evaluates in one step at most.
        public var batchLength: Int

        /// Makes the options.
        public init(
            sequences: Int = 8, contextLength: Int? = nil, workers: Int? = nil, threads: Int? = nil,
            batchLength: Int = 512
        ) {
            self.sequences = sequences
            self.contextLength = contextLength
            self.workers = workers
            self.threads = threads
            self.batchLength = batchLength
        }

        /// The options with all choices made.
        struct Resolved: Sendable, Hashable {
            var sequences: Int
            var contextLength: Int
            var sequenceLength: Int
            var workers: Int
            var threads: Int
            var batchLength: Int
            /// How many finished sequences are kept, for others to share their beginning.
            var kept: Int
        }

        /// Makes the choices for a model.
        func resolved(
            for model: LlamaModel.Metadata, usesGPU: Bool, processors: Int
        ) throws(LlamaError) -> Resolved {
            guard (1...128).contains(sequences) else {
                throw LlamaError(.optionInvalid, "the number of sequences must be from 1 to 128, not \(sequences)")
            }
            guard batchLength >= 1, workers ?? 1 >= 1, threads ?? 1 >= 1, contextLength ?? 1 >= 1 else {
                throw LlamaError(
                    .optionInvalid,
                    "the context length, the batch length, the workers and the threads must be 1 or more")
            }
            let isSmall = model.byteCount < 512 << 20 && !usesGPU
            let workers = workers ?? (isSmall ? max(1, min(processors / (threads ?? 1), 16)) : 1)
            let automatic = min(max(1024 * sequences, min(model.trainingContext, 8192)), 32768)
            let length = contextLength ?? automatic
            return Resolved(
                sequences: sequences, contextLength: length,
                sequenceLength: model.trainingContext > 0 ? min(length, model.trainingContext) : length,
                workers: workers,
                threads: threads ?? (isSmall ? 1 : max(1, (processors - 1) / workers)),
                batchLength: max(batchLength, sequences), kept: 8)
        }
    }

#endif
