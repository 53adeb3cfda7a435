internal import ArgumentParser
internal import Distilabel

/// The options about answers of earlier runs.
struct CacheOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The folder in which answers are kept.",
            discussion: "Else DISTILABEL_CACHE_DIR, or ~/.cache/distilabel; an empty DISTILABEL_CACHE_DIR keeps none.",
            valueName: "dir"))
    var cacheDir: String?

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
        if cacheDir?.isEmpty == true { throw ValidationError("--cache-dir needs the name of a folder.") }
    }

    /// What a run is to make of earlier answers.
    ///
    /// - Throws: `Complaint` where answers are wanted and none are kept.
    func cache(in environment: [String: String]) throws -> RunCache? {
        guard var cache = cacheDir.map({ RunCache(directory: $0) }) ?? .standard(in: environment) else {
            if retryFailed || replay {
                throw Complaint(
                    "there is no folder of earlier answers: give one with --cache-dir, or set DISTILABEL_CACHE_DIR or HOME",
                    status: .misused)
            }
            return nil
        }
        cache.use = ignoreCache ? .startAnew : retryFailed ? .retryFailed : replay ? .replay : .resume
        cache.isDurable = durable
        return cache
    }
}
