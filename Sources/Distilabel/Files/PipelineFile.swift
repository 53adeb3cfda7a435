internal import DistilabelDatasets
internal import DistilabelPipeline
internal import DistilabelValues

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A file that describes a pipeline, in YAML or JSON.
enum PipelineFile {
    /// How the file is written.
    enum Format {
        case yaml
        case json

        /// By the end of the name; YAML, of which JSON is a part, where that says nothing.
        init(path: String) { self = path.lowercased().hasSuffix(".json") ? .json : .yaml }
    }

    /// The tree that a file holds.
    ///
    /// - Throws: `PipelineFileError` with the line and the column.
    static func read(_ path: String) throws -> PipelineDescription {
        try parse(try text(of: path), name: path)
    }

    /// The tree that a text holds.
    ///
    /// - Parameter name: Where it comes from; the end says the format.
    /// - Throws: `PipelineFileError` with the line and the column.
    static func parse(_ text: String, name: String) throws -> PipelineDescription {
        do {
            switch Format(path: name) {
            case .yaml: return PipelineDescription(try YAMLCoding.parse(text, file: name))
            case .json: return PipelineDescription(try JSON.parse(text))
            }
        } catch let error as YAMLError {
            throw PipelineFileError(.malformed, error.description)
        } catch let error as JSONError {
            throw PipelineFileError(.malformed, "\(name):\(error.line):\(error.column): \(error.message)")
        }
    }

    /// The text of a file in the format that its name asks for.
    static func text(of description: PipelineDescription, format: Format) -> String {
        switch format {
        case .yaml: YAMLCoding.text(of: description.value)
        case .json: JSON.string(description.value, pretty: true) + "\n"
        }
    }

    /// More bytes than any pipeline has.
    private static let maximumSize: UInt64 = 64 << 20

    private static func text(of path: String) throws -> String {
        var isDirectory = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
        guard exists else {
            throw PipelineFileError(.notFound, "there is no file \(path); give the path of a pipeline.yaml or .json")
        }
        guard !isDirectory else {
            throw PipelineFileError(.notFound, "\(path) is a folder; give the path of the pipeline.yaml in it")
        }
        // Looked at before it is read: it may be gigabytes.
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? UInt64 ?? 0
        guard size <= maximumSize else {
            throw PipelineFileError(
                .malformed,
                "\(path) has \(size) bytes, and a pipeline's file may have \(maximumSize); keep data in a file of its own and give it with --data"
            )
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw PipelineFileError(.notFound, "\(path) cannot be read; check its permissions")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw PipelineFileError(.malformed, "\(path) is not text in UTF-8")
        }
        return text
    }

    /// Writes a text to a file, whole or not at all.
    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw PipelineFileError(
                .notWritable, "\(path) cannot be written; check that its folder is there, can be written and has room")
        }
    }
}

/// Why a pipeline's file cannot be read or written.
public struct PipelineFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of fault.
    public enum Code: Sendable, Hashable {
        /// There is no such file, or none that can be read.
        case notFound
        /// What it holds is no YAML or JSON.
        case malformed
        /// It cannot be written.
        case notWritable
    }

    /// The kind of fault.
    public var code: Code
    /// Where and what, and the mend.
    public var message: String

    /// Makes an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
