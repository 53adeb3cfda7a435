import Foundation

/// A folder that is there for one test and goes with it.
final class TemporaryFolder {
    let root: String

    init() throws {
        root = NSTemporaryDirectory() + "/distilabel-datasets-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func path(_ name: String) -> String { root + "/" + name }

    func write(_ text: String, to name: String) throws -> String {
        let path = path(name)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// Everything below the folder, sorted; folders end in a slash.
    func listing(_ name: String = "") -> [String] {
        let base = URL(fileURLWithPath: root + "/" + name)
        let names = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String } ?? []
        return names.sorted()
    }
}

/// The bytes of a file.
func contentsOf(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

/// The text of a file.
func textOf(_ path: String) throws -> String { String(decoding: try contentsOf(path), as: UTF8.self) }

/// Removes a file.
func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }
