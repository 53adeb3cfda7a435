internal import Distilabel
internal import DistilabelDatasets
internal import DistilabelEngine
internal import DistilabelHub
internal import DistilabelModels
internal import DistilabelPipeline
internal import DistilabelValues

/// What a person is told about an error: plain lines, and the exit status.
struct Complaint: Error, Equatable {
    /// One line a fault: where, what, and the mend.
    var lines: [String]
    /// How the command ends.
    var status: ExitStatus

    /// Makes a complaint of one line.
    init(_ line: String, status: ExitStatus) {
        lines = [line]
        self.status = status
    }

    /// Puts an error in words.
    init(_ error: any Error) {
        self = Self.complaint(about: error, step: nil)
    }

    private init(lines: [String], status: ExitStatus) {
        self.lines = lines.map { $0.split(whereSeparator: \.isNewline).joined(separator: " ⏎ ") }
        self.status = status
    }

    private static func complaint(about error: any Error, step: String?) -> Complaint {
        let place = step.map { "step '\($0)': " } ?? ""
        switch error {
        case let error as Complaint: return error
        case let error as StepError: return complaint(about: error.cause, step: error.step)
        case let error as RunStopped:
            if case .failedRow = error.stop.reason {
                return Complaint(
                    lines: ["\(error.stop); run with --retry-failed to ask again what failed"], status: .failed)
            }
            // What waiting does not mend: a key that is refused, a model that is not there.
            if case .endpoint(let cause) = error.stop.reason, cause is LanguageModelError {
                return Complaint(lines: [error.description], status: .failed)
            }
            return Complaint(lines: [error.description], status: .stopped)
        case let error as JournalError:
            let isOutput = [.inUse, .notWritable].contains(error.code)
            return Complaint(
                lines: [error.message],
                status: isOutput ? .cannotWriteOutput : error.code == .missing ? .invalidInput : .failed)
        case let error as BudgetError: return Complaint(lines: [error.message], status: .misused)
        case let error as PipelineError:
            var seen = Set<String>()
            let lines = error.diagnostics.map { $0.step == nil ? place + $0.description : $0.description }
            return Complaint(lines: lines.filter { seen.insert($0).inserted }, status: .invalidInput)
        case let error as PipelineFileError:
            return Complaint(
                lines: [error.message], status: error.code == .notWritable ? .cannotWriteOutput : .invalidInput)
        case let error as DatasetError: return Complaint(lines: [place + error.message], status: status(of: error))
        case let error as HubError:
            let isInput = [.invalidName, .repositoryNotFound, .revisionNotFound, .entryNotFound].contains(error.code)
            return Complaint(lines: [place + error.message], status: isInput ? .invalidInput : .failed)
        case is CancellationError:
            return Complaint(lines: ["interrupted; nothing was left behind"], status: .interrupted)
        case is ValueCodingError, is YAMLError:
            return Complaint(lines: [place + String(describing: error)], status: .invalidInput)
        default: return Complaint(lines: [place + String(describing: error)], status: .failed)
        }
    }

    private static func status(of error: DatasetError) -> ExitStatus {
        switch error.code {
        case .notEmpty, .notWritable: .cannotWriteOutput
        case .notFound, .unsupported, .malformed: .invalidInput
        case .usage: .misused
        case .diskFull, .io: .failed
        }
    }

    /// The lines with `error: ` before each.
    func text(_ style: Style) -> String { lines.map { style.red("error:") + " \($0)\n" }.joined() }
}
