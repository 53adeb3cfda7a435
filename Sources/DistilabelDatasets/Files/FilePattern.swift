/// Finds the files that a pattern of paths means.
enum FilePattern {
    static func isOne(_ path: String) -> Bool { path.contains { "*?[".contains($0) } }

    /// The files that match, sorted; hidden ones and what is in hidden folders only where the pattern names them.
    static func matches(_ pattern: String) throws -> [String] {
        let parts = pattern.split(separator: "/").map(String.init)
        var found: Set<String> = []
        try collect(pattern.hasPrefix("/") ? "/" : "", parts[...], into: &found)
        return found.sorted()
    }

    private static func collect(_ folder: String, _ parts: ArraySlice<String>, into found: inout Set<String>) throws {
        guard let part = parts.first else { return }
        let rest = parts.dropFirst()
        func below(_ name: String) -> String { folder.isEmpty || folder == "/" ? folder + name : folder + "/" + name }
        if !isOne(part) {
            let path = below(part)
            if rest.isEmpty {
                if POSIX.kind(path) == .file { found.insert(path) }
            } else if POSIX.kind(path) == .folder {
                try collect(path, rest, into: &found)
            }
            return
        }
        let wanted = PathPattern(part)
        for name in try POSIX.names(in: folder.isEmpty ? "." : folder) {
            let path = below(name)
            let isFolder = POSIX.kind(path) == .folder
            if part == "**" {
                if isFolder, !name.hasPrefix(".") { try collect(path, parts, into: &found) }
            } else if !name.hasPrefix(".") || part.hasPrefix("."), wanted.matches(name) {
                if rest.isEmpty {
                    if !isFolder { found.insert(path) }
                } else if isFolder {
                    try collect(path, rest, into: &found)
                }
            }
        }
        // `**` may stand for no folder at all; at the end it stands for all files.
        if part == "**" { try collect(folder, rest.isEmpty ? ["*"] : rest, into: &found) }
    }
}
