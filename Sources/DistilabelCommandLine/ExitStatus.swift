/// The exit statuses of the command; scripts rely on them.
public enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Everything was done.
    case finished = 0
    /// It failed on the way: a server, a model or a disk gave up.
    case failed = 1
    /// The dataset is there, but some rows failed and hold nulls.
    case finishedWithFailedRows = 3
    /// The command was used wrongly (`EX_USAGE`).
    case misused = 64
    /// The pipeline, its parameters or its data are wrong; nothing was run (`EX_DATAERR`).
    case invalidInput = 65
    /// The output folder cannot be made, or is not empty (`EX_CANTCREAT`).
    case cannotWriteOutput = 73
    /// It stopped before its end, and the same command goes on from there (`EX_TEMPFAIL`).
    case stopped = 75
    /// Ctrl-C ended it.
    case interrupted = 130
    /// It was told to end (`SIGTERM`).
    case terminated = 143

    /// What it means, for `--help`.
    var meaning: String {
        switch self {
        case .finished: "done"
        case .failed: "failed on the way: a server, a model or a disk gave up"
        case .finishedWithFailedRows: "done, but some rows failed and hold nulls (0 with --allow-failed-rows)"
        case .misused: "wrong options"
        case .invalidInput: "the pipeline, its parameters or its data are wrong; nothing was run"
        case .cannotWriteOutput: "the output folder cannot be written, or is not empty"
        case .stopped:
            "stopped: by Ctrl-C or SIGTERM, a budget, an endpoint that is gone, a full disk; the same command goes on"
        case .interrupted: "ended at once by Ctrl-C; nothing is left in the output folder"
        case .terminated: "ended at once by SIGTERM; nothing is left in the output folder"
        }
    }

    /// The table for `--help`.
    static var table: String {
        allCases.map { status in
            let number = String(status.rawValue)
            return "  " + String(repeating: " ", count: 3 - number.count) + number + "  " + status.meaning
        }.joined(separator: "\n")
    }
}
