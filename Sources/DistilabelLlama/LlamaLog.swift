#if Llama
    internal import CLlama
    internal import Synchronization

    /// What llama.cpp writes to its log; process-wide, as llama.cpp's own log is.
    ///
    /// Silent unless a handler is set.
    public enum LlamaLog {
        /// How grave a line is.
        public enum Level: Int, Sendable, Hashable, Comparable {
            /// For people who mend llama.cpp.
            case debug
            /// Progress and settings.
            case info
            /// Something that may be wrong.
            case warning
            /// Something that is wrong.
            case error

            /// Orders by gravity.
            public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
        }

        private struct State {
            var handler: (@Sendable (Level, String) -> Void)?
            var isInstalled = false
            var last = Level.info
            var errors: [String] = []
        }

        private static let state = Mutex(State())

        /// Sends every line that llama.cpp logs from now on to a closure; nil makes it silent again.
        ///
        /// - Parameter handler: Called on the thread that logs, with the line's level and text; it must not load or run
        ///   a model itself.
        public static func setHandler(_ handler: (@Sendable (Level, String) -> Void)?) {
            install()
            state.withLock { $0.handler = handler }
        }

        /// Puts our callback in llama.cpp's place for it, once.
        static func install() {
            let isFirst = state.withLock { state in
                defer { state.isInstalled = true }
                return !state.isInstalled
            }
            guard isFirst else { return }
            llama_log_set(
                { level, text, _ in
                    guard let text else { return }
                    LlamaLog.receive(level, String(cString: text))
                }, nil)
        }

        /// Forgets the errors kept so far.
        static func clearErrors() { state.withLock { $0.errors = [] } }

        /// The last errors logged since `clearErrors`, joined; nil when there were none.
        static var recentErrors: String? {
            let errors = state.withLock { $0.errors }
            return errors.isEmpty ? nil : errors.suffix(2).joined(separator: "; ")
        }

        private static func receive(_ raw: ggml_log_level, _ text: String) {
            var line = text[...]
            while line.last == "\n" { line.removeLast() }
            guard !line.isEmpty, line != "." else { return }
            let text = String(line)
            let (handler, level) = state.withLock { state in
                let level: Level =
                    switch raw {
                    case GGML_LOG_LEVEL_DEBUG: .debug
                    case GGML_LOG_LEVEL_WARN: .warning
                    case GGML_LOG_LEVEL_ERROR: .error
                    case GGML_LOG_LEVEL_CONT: state.last
                    default: .info
                    }
                state.last = level
                if level == .error {
                    state.errors.append(text)
                    if state.errors.count > 8 { state.errors.removeFirst() }
                }
                return (state.handler, level)
            }
            handler?(level, text)
        }
    }

#endif
