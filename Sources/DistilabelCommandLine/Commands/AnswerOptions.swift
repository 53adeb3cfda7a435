internal import ArgumentParser
internal import Distilabel

/// The option that says where answers are kept.
struct CacheFolderOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder in which answers are kept.",
            discussion: "Else DISTILABEL_CACHE_DIR, or ~/.cache/distilabel; an empty DISTILABEL_CACHE_DIR keeps none.",
            valueName: "dir"))
    var cacheDir: String?

    func validate() throws {
        if cacheDir?.isEmpty == true { throw ValidationError("--cache-dir needs the name of a folder.") }
    }

    /// Where answers are kept; nil for nowhere.
    func cache(in environment: [String: String]) -> RunCache? {
        cacheDir.map { RunCache(directory: $0) } ?? .standard(in: environment)
    }

    /// Where they are kept, for whoever cannot do without.
    ///
    /// - Throws: `Complaint` where that is nowhere.
    func required(in environment: [String: String]) throws -> RunCache {
        guard let cache = cache(in: environment) else {
            throw Complaint(
                "there is no folder of earlier answers: give one with --cache-dir, or set DISTILABEL_CACHE_DIR or HOME",
                status: .misused)
        }
        return cache
    }
}

/// The options about answers of earlier runs.
struct AnswerOptions: ParsableArguments {
    @OptionGroup var folder: CacheFolderOption

    @Flag(help: "Set earlier answers aside and ask everything anew.")
    var ignoreCache = false

    @Flag(help: "Ask again what failed in earlier runs, and nothing else that was answered.")
    var retryFailed = false

    @Flag(help: "Use earlier answers alone: no model is asked, and no network or key is needed.")
    var replay = false

    @Flag(help: "Wait for the disk at every answer, so that none is lost when the machine loses its power.")
    var durable = false

    func validate() throws {
        if [ignoreCache, retryFailed, replay].filter({ $0 }).count > 1 {
            throw ValidationError(
                "--ignore-cache, --retry-failed and --replay exclude each other; leave all but one out.")
        }
    }

    /// What a run is to make of earlier answers.
    ///
    /// - Throws: `Complaint` where answers are wanted and none are kept.
    func cache(in environment: [String: String]) throws -> RunCache? {
        let needsAnswers = retryFailed || replay
        let found = try needsAnswers ? folder.required(in: environment) : folder.cache(in: environment)
        guard var cache = found else { return nil }
        cache.use = ignoreCache ? .startAnew : retryFailed ? .retryFailed : replay ? .replay : .resume
        cache.isDurable = durable
        return cache
    }
}
