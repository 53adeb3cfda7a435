#if Llama
    internal import CLlama

    /// A model loaded from a GGUF file: its weights, its vocabulary and what it says of itself.
    ///
    /// Loading maps the file into memory and takes from milliseconds to seconds; one copy serves any number of engines.
    public final class LlamaModel: Sendable {
        /// What the file says of the model.
        public struct Metadata: Sendable, Hashable {
            /// The model's name, if it has one.
            public let name: String?
            /// The architecture and the quantisation in llama.cpp's words, as `llama 135M Q4_1`.
            public let summary: String
            /// The template of conversations, in Jinja, if there is one.
            public let chatTemplate: String?
            /// How many tokens of context the model was trained with.
            public let trainingContext: Int
            /// How many parameters it has.
            public let parameterCount: Int
            /// How many bytes its tensors take.
            public let byteCount: Int
            /// How many tokens its vocabulary has.
            public let vocabularySize: Int
            /// The text of the token that begins a sequence, if there is one; chat templates may ask for it.
            public let beginToken: String?
            /// The text of the token that ends a sequence, if there is one.
            public let endToken: String?
        }

        /// The path that the model was loaded from.
        public let path: String
        /// What the file says of the model.
        public let metadata: Metadata

        // Both point to what llama.cpp never changes after loading and reads from any thread; they live until `deinit`.
        nonisolated(unsafe) let pointer: OpaquePointer
        nonisolated(unsafe) let vocabulary: OpaquePointer

        /// Whether sequences with the same beginning can share it; not so where the state is more than a cache of keys
        /// and values.
        let sharesPrefixes: Bool

        /// Whether a GPU computes at least a part of it.
        let usesGPU: Bool

        /// Loads a model.
        ///
        /// - Parameters:
        ///   - path: The GGUF file; of a model in several files, the first.
        ///   - gpuLayers: How many layers to place on a GPU, where llama.cpp was built with one; negative means all.
        /// - Throws: `LlamaError` when the file is missing, is not GGUF, is truncated, or is not accepted by llama.cpp.
        public init(path: String, gpuLayers: Int = -1) throws(LlamaError) {
            try GGUFFile.check(path: path)
            Self.startLibrary
            LlamaLog.clearErrors()
            var parameters = llama_model_default_params()
            parameters.n_gpu_layers = Int32(clamping: gpuLayers)
            guard let pointer = llama_model_load_from_file(path, parameters) else {
                throw LlamaError(
                    .modelRejected,
                    "llama.cpp does not load \(path): \(LlamaLog.recentErrors ?? "no reason given")")
            }
            guard let vocabulary = llama_model_get_vocab(pointer), llama_vocab_n_tokens(vocabulary) > 0,
                llama_model_has_decoder(pointer), !llama_model_has_encoder(pointer)
            else {
                llama_model_free(pointer)
                throw LlamaError(.modelRejected, "\(path) is not a model that generates text; take a chat model")
            }
            self.path = path
            self.pointer = pointer
            self.vocabulary = vocabulary
            usesGPU = gpuLayers != 0 && llama_supports_gpu_offload()
            sharesPrefixes = !llama_model_is_recurrent(pointer) && !llama_model_is_hybrid(pointer)
            metadata = Metadata(
                name: Self.text { llama_model_meta_val_str(pointer, "general.name", $0, $1) },
                summary: Self.text { llama_model_desc(pointer, $0, $1) } ?? "",
                chatTemplate: llama_model_chat_template(pointer, nil).map { String(cString: $0) },
                trainingContext: Int(llama_model_n_ctx_train(pointer)),
                parameterCount: Int(llama_model_n_params(pointer)), byteCount: Int(llama_model_size(pointer)),
                vocabularySize: Int(llama_vocab_n_tokens(vocabulary)),
                beginToken: Self.name(of: llama_vocab_bos(vocabulary), in: vocabulary),
                endToken: Self.name(of: llama_vocab_eos(vocabulary), in: vocabulary))
        }

        deinit { llama_model_free(pointer) }

        /// Starts llama.cpp, once in the process.
        private static let startLibrary: Void = {
            ggml_backend_load_all()
            llama_backend_init()
        }()

        private static func name(of token: llama_token, in vocabulary: OpaquePointer) -> String? {
            token < 0 ? nil : llama_vocab_get_text(vocabulary, token).map { String(cString: $0) }
        }

        /// Reads a text whose length llama.cpp returns; nil when there is none.
        private static func text(_ read: (UnsafeMutablePointer<CChar>?, Int) -> Int32) -> String? {
            var capacity = 256
            while true {
                var buffer = [CChar](repeating: 0, count: capacity)
                let length = Int(buffer.withUnsafeMutableBufferPointer { read($0.baseAddress, $0.count) })
                if length < 0 { return nil }
                if length < capacity {
                    return String(decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
                }
                capacity = length + 1
            }
        }
    }

    // MARK: - Text and tokens

    extension LlamaModel {
        /// Splits a text into the model's tokens.
        ///
        /// - Parameters:
        ///   - text: The text.
        ///   - isPrompt: Whether the text is a whole prompt: names of special tokens in it are read as these, and the
        ///     token that begins a sequence is put in front where the model wants it and the text does not begin with
        ///     it.
        /// - Returns: The numbers of the tokens.
        public func tokens(of text: String, isPrompt: Bool = false) -> [Int32] {
            var text = text
            let addsSpecial: Bool
            if isPrompt, let begin = metadata.beginToken, llama_vocab_get_add_bos(vocabulary), !begin.isEmpty {
                addsSpecial = !text.hasPrefix(begin)
            } else {
                addsSpecial = isPrompt
            }
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { bytes in
                    var tokens = [Int32](repeating: 0, count: bytes.count + 8)
                    while true {
                        let count = llama_tokenize(
                            vocabulary, bytes.baseAddress, Int32(bytes.count), &tokens, Int32(tokens.count),
                            addsSpecial,
                            isPrompt)
                        if count >= 0 { return Array(tokens.prefix(Int(count))) }
                        if count == .min { return [] }
                        tokens = [Int32](repeating: 0, count: Int(-count))
                    }
                }
            }
        }

        /// Appends the bytes of a token's text; tokens that only steer the model have none.
        func appendText(of token: llama_token, to bytes: inout [UInt8]) {
            withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { buffer in
                let count = llama_token_to_piece(vocabulary, token, buffer.baseAddress, 128, 0, false)
                if count >= 0 {
                    for index in 0..<Int(count) { bytes.append(UInt8(bitPattern: buffer[index])) }
                } else {
                    var long = [CChar](repeating: 0, count: Int(-count))
                    let count = llama_token_to_piece(vocabulary, token, &long, Int32(long.count), 0, false)
                    for index in 0..<max(0, Int(count)) { bytes.append(UInt8(bitPattern: long[index])) }
                }
            }
        }

        /// A token that ends an answer, if there is one.
        var end: llama_token? {
            let turn = llama_vocab_eot(vocabulary)
            let token = turn >= 0 ? turn : llama_vocab_eos(vocabulary)
            return token >= 0 ? token : nil
        }

        /// Whether a token ends an answer.
        func isEnd(_ token: llama_token) -> Bool { llama_vocab_is_eog(vocabulary, token) }

        /// A conversation as the prompt that the model was trained on, ready for the assistant's turn.
        ///
        /// llama.cpp knows the common templates by their look; a model whose template it does not know, or that has
        /// none, gets ChatML.
        ///
        /// - Parameter messages: The conversation.
        /// - Returns: The prompt; its special tokens stand in it by their names.
        public func prompt(for messages: [LlamaMessage]) -> String {
            render(messages, template: metadata.chatTemplate) ?? render(messages, template: "chatml") ?? ""
        }

        private func render(_ messages: [LlamaMessage], template: String?) -> String? {
            guard let template else { return nil }
            // One buffer with all texts, each ended by a zero, that the C structures point into.
            var buffer: [CChar] = []
            var starts: [(role: Int, content: Int)] = []
            for message in messages {
                let role = buffer.count
                buffer += message.role.utf8CString
                starts.append((role, buffer.count))
                buffer += message.content.utf8CString
            }
            return buffer.withUnsafeBufferPointer { texts -> String? in
                guard let base = texts.baseAddress else { return nil }
                let chat = starts.map { llama_chat_message(role: base + $0.role, content: base + $0.content) }
                return Self.text { llama_chat_apply_template(template, chat, chat.count, true, $0, Int32($1)) }
            }
        }
    }

#endif
