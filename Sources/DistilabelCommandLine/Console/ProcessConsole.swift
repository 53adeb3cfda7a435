internal import Dispatch

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

extension Console {
    /// The surroundings of this process.
    public static var process: Console {
        Console(
            environment: ProcessInfo.processInfo.environment, output: { write($0, to: STDOUT_FILENO) },
            errors: { write($0, to: STDERR_FILENO) }, outputIsTerminal: isatty(STDOUT_FILENO) == 1,
            errorsAreTerminal: isatty(STDERR_FILENO) == 1, size: { terminalSize() })
    }

    /// Writes a text in one piece, so that a display drawn over and over does not flicker.
    private static func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                #if canImport(Darwin)
                    let done = Darwin.write(descriptor, part.baseAddress, part.count)
                #elseif canImport(Musl)
                    let done = Musl.write(descriptor, part.baseAddress, part.count)
                #else
                    let done = Glibc.write(descriptor, part.baseAddress, part.count)
                #endif
                // Whoever reads may have gone; a command does not fail for want of listeners.
                if done < 0, errno != EINTR { return }
                rest = rest.dropFirst(max(0, done))
            }
        }
    }

    private static func terminalSize() -> (columns: Int, lines: Int) {
        var size = winsize()
        #if canImport(Darwin)
            let request = UInt(TIOCGWINSZ)
        #else
            let request = UInt(bitPattern: Int(TIOCGWINSZ))
        #endif
        for descriptor in [STDERR_FILENO, STDOUT_FILENO] where ioctl(descriptor, request, &size) == 0 && size.ws_col > 0
        {
            return (Int(size.ws_col), Int(size.ws_row))
        }
        return (100, 40)
    }
}

/// Hears of Ctrl-C and of being told to end.
final class SignalWatch {
    private let sources: [any DispatchSourceSignal]

    /// Begins to listen; the second signal of a kind ends the process at once.
    ///
    /// - Parameter heard: Told which signal came first.
    init(heard: @escaping @Sendable (ExitStatus) -> Void) {
        signal(SIGPIPE, SIG_IGN)
        sources = [(SIGINT, ExitStatus.interrupted), (SIGTERM, .terminated)].map { number, status in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                signal(number, SIG_DFL)
                heard(status)
            }
            source.activate()
            return source
        }
    }

    /// Stops listening.
    func cancel() {
        for source in sources { source.cancel() }
    }
}
