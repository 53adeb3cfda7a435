internal import Distilabel
internal import DistilabelPipeline

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Paths that mean the same from every folder.
enum AbsolutePath {
    /// A path from the root; an address or a dataset on the Hub means the same everywhere as it is.
    static func of(_ path: String) -> String {
        path.hasPrefix("/") || PipelineDescription.isRemote(path)
            ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}
