#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where a run keeps the models' answers, and what it makes of those of earlier runs.
///
/// Every answer is kept before it is used. The same pipeline run again, after a kill, a change or with more rows, asks only what is not there yet.
public struct RunCache: Sendable, Hashable {
    /// What a run makes of the answers that are there.
    public enum Use: Sendable, Hashable, CaseIterable {
        /// They are used, failures too.
        case resume
        /// They are used, but what failed is asked again.
        case retryFailed
        /// They are all there is: no model is asked, and none need be reachable.
        case replay
        /// They are set aside, and all is asked anew.
        case startAnew
    }

    /// The folder with a folder a pipeline in it.
    public var directory: String
    /// What becomes of earlier answers.
    public var use: Use
    /// Whether each answer is on the disk itself before it is used, so that a machine that loses its power loses none; slower where disks are.
    public var isDurable: Bool

    /// Names a folder.
    public init(directory: String, use: Use = .resume, isDurable: Bool = false) {
        self.directory = directory
        self.use = use
        self.isDurable = isDurable
    }

    /// The user's own: `DISTILABEL_CACHE_DIR`, or `distilabel` in `XDG_CACHE_HOME` or `~/.cache`; nil where that is set to nothing, or there is no home.
    public static func standard() -> RunCache? { standard(in: ProcessInfo.processInfo.environment) }

    /// The one that some environment variables name.
    public static func standard(in environment: [String: String]) -> RunCache? {
        if let directory = environment["DISTILABEL_CACHE_DIR"] {
            return directory.isEmpty ? nil : RunCache(directory: directory)
        }
        if let caches = environment["XDG_CACHE_HOME"], caches.hasPrefix("/") {
            return RunCache(directory: caches + "/distilabel")
        }
        guard let home = environment["HOME"], !home.isEmpty else { return nil }
        return RunCache(directory: home + "/.cache/distilabel")
    }

    /// The folder of a pipeline's answers.
    public func folder(of pipeline: String) -> String {
        let name = pipeline.unicodeScalars.map { scalar -> String in
            let isPlain =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-_".unicodeScalars.contains(scalar))
            return isPlain ? String(scalar) : "%" + String(scalar.value, radix: 16) + "%"
        }.joined()
        return directory + "/journals/" + (name.isEmpty ? "unnamed" : String(name.prefix(150)))
    }
}
