internal import Synchronization

/// The folder that a run writes, which in the end is whole or not there at all.
///
/// Everything is written in a hidden folder beside it, `.NAME.partial-…`, which ``commit()`` gives its name once all
/// of it lies on the disk, and which ``discard()`` or the end of this object removes. What a killed run left is
/// removed by the next one.
///
///     let output = try OutputDirectory("out/math")              // refuses before a run has cost anything
///     let writer = try output.makeWriter(configuration: "default", format: .parquet)
///     try writer.write(rows)
///     try writer.finish()
///     try output.write(YAMLCoding.text(of: description), to: "pipeline.yaml")
///     try output.write(try card.text(), to: "README.md")
///     try output.commit()
public final class OutputDirectory: Sendable {
    /// What is to be done with an existing folder that holds something.
    public enum Existing: Hashable, Sendable {
        /// It is an error.
        case refuse
        /// It is replaced when the new one is whole, provided that it holds a dataset that was written before.
        case replace
    }

    /// The folder as it will be named, as the caller wrote it.
    public let path: String
    /// Where files are written until then.
    public let workPath: String

    private enum Phase { case writing, done }
    private struct State {
        var phase = Phase.writing
        var lock: Int32?
        var madeParents: [String]
    }

    private let target: String
    private let existing: Existing
    private let state: Mutex<State>

    /// Checks that the folder can be written, and makes the place to write it.
    ///
    /// - Parameters:
    ///   - path: The folder; those above it are made where they are missing.
    ///   - existing: What to do where it exists and is not empty.
    /// - Throws: `DatasetError` with the mend: `notEmpty`, `notWritable`, `diskFull`.
    public init(_ path: String, existing: Existing = .refuse) throws {
        self.path = path
        self.existing = existing
        target = try Self.resolve(path)
        try Self.check(target, path: path, existing: existing)
        let (parent, name) = Self.split(target)
        let made = try Self.makeFolders(parent)
        do {
            Self.removeLeftovers(of: name, in: parent)
            let tag = String(UInt32.random(in: .min ... .max), radix: 36)
            workPath = "\(parent == "/" ? "" : parent)/.\(name).partial-\(POSIX.processIdentifier)-\(tag)"
            do {
                try POSIX.makeDirectory(workPath)
            } catch let error as DatasetError {
                throw DatasetError(error.code, "cannot write the output folder \(path): \(error.message)")
            }
        } catch {
            for folder in made.reversed() { POSIX.removeTree(folder) }
            throw error
        }
        state = Mutex(State(lock: POSIX.lock(workPath), madeParents: made))
        do {
            try probe()
        } catch {
            discard()
            throw error
        }
    }

    deinit { discard() }

    // MARK: - Writing

    /// Makes the writer of a configuration's split, in a folder of the configuration's name.
    ///
    /// - Parameters:
    ///   - configuration: The name; characters that no folder can have in its name are an error.
    ///   - format: The format of the files.
    ///   - split: The split that they are.
    ///   - columns: Columns that are known beforehand.
    public func makeWriter(
        configuration: String, format: DatasetFormat, split: String = "train", columns: [String] = []
    ) throws -> any DatasetWriter {
        try makeWriter(
            configuration: configuration, format: format, split: split, schema: DatasetSchema(names: columns))
    }

    func makeWriter(
        configuration: String, format: DatasetFormat, split: String, schema: DatasetSchema
    ) throws -> any DatasetWriter {
        try format.makeWriter(folder: try makeFolder(configuration), split: split, schema: schema)
    }

    /// Makes a folder in the folder, where it is not there.
    func makeFolder(_ name: String) throws -> String {
        let folder = try file(name)
        if POSIX.kind(folder) == nil { try POSIX.makeDirectory(folder) }
        return folder
    }

    /// Lets a closure write into `artifacts/<step>/<name>/`, and puts `metadata.json` beside what it wrote.
    ///
    /// - Parameters:
    ///   - name: The artifact's name.
    ///   - step: The step that leaves it.
    ///   - metadata: The text of `metadata.json`.
    ///   - write: Writes files into the folder whose path it is given.
    /// - Throws: `DatasetError` for a name that no folder can have or that the step has used already; what `write` throws.
    public func writeArtifact(
        _ name: String, of step: String, metadata: String, write: (_ folder: String) throws -> Void
    ) throws {
        _ = try file(name)
        _ = try file(step)
        _ = try makeFolder("artifacts")
        let parent = try file("artifacts") + "/" + step
        if POSIX.kind(parent) == nil { try POSIX.makeDirectory(parent) }
        let folder = parent + "/" + name
        guard POSIX.kind(folder) == nil else {
            throw DatasetError(
                .usage, "step '\(step)' has an artifact '\(name)' already; give each one a name of its own")
        }
        try POSIX.makeDirectory(folder)
        try write(folder)
        var file = try OutputFile(path: folder + "/metadata.json")
        try file.append { $0.append(contentsOf: metadata.utf8) }
        try file.finish()
    }

    /// Writes a text, such as `pipeline.yaml`.
    public func write(_ text: String, to name: String) throws {
        var file = try OutputFile(path: try file(name))
        try file.append { $0.append(contentsOf: text.utf8) }
        try file.finish()
    }

    /// Where a file or folder of a name is written until the folder is whole, such as `pipeline.log`, which the caller
    /// keeps open.
    public func file(_ name: String) throws -> String {
        guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(UInt8(ascii: "/")), !name.utf8.contains(0),
            name.utf8.count <= 200
        else { throw DatasetError(.usage, "'\(name)' cannot be the name of a file; use letters, digits, '_' and '-'") }
        return workPath + "/" + name
    }

    // MARK: - The end

    /// Waits until everything lies on the disk and gives the folder its name.
    ///
    /// Where an older folder is replaced there is a moment between two renames at which neither is there; a process
    /// killed in it leaves the older one beside, as `.NAME.replaced-…`.
    public func commit() throws {
        try state.withLock { state in
            guard state.phase == .writing else {
                throw DatasetError(.usage, "\(path) was committed or discarded before")
            }
            // Another run may have taken the name meanwhile.
            try Self.check(target, path: path, existing: existing)
            try Self.synchronizeTree(workPath)
            let (parent, name) = Self.split(target)
            var replaced: String?
            if POSIX.kind(target) == .folder, try !POSIX.names(in: target).isEmpty {
                let aside = "\(parent)/.\(name).replaced-\(POSIX.processIdentifier)"
                try POSIX.rename(target, to: aside)
                replaced = aside
            }
            do {
                try POSIX.rename(workPath, to: target)
            } catch {
                if let replaced { try? POSIX.rename(replaced, to: target) }
                throw error
            }
            state.phase = .done
            if let lock = state.lock.take() { POSIX.unlock(lock) }
            // From here on the folder is there; that a file system cannot synchronise its parent changes nothing.
            try? POSIX.synchronize(parent)
            if let replaced { POSIX.removeTree(replaced) }
        }
    }

    /// Removes all that was written; does nothing once the folder is committed.
    public func discard() {
        state.withLock { state in
            guard state.phase == .writing else { return }
            state.phase = .done
            POSIX.removeTree(workPath)
            for folder in state.madeParents.reversed() where (try? POSIX.names(in: folder))?.isEmpty == true {
                POSIX.removeTree(folder)
            }
            if let lock = state.lock.take() { POSIX.unlock(lock) }
        }
    }
}

// MARK: - Checks

extension OutputDirectory {
    /// The path without links and dots in all that exists of it, and without a slash at its end.
    private static func resolve(_ path: String) throws -> String {
        guard !path.isEmpty else { throw DatasetError(.usage, "the output folder has an empty name; name one") }
        var parts = path.split(separator: "/").map(String.init)
        var rest: [String] = []
        let root = path.hasPrefix("/") ? "/" : ""
        while true {
            let existing = parts.isEmpty ? (root.isEmpty ? "." : root) : root + parts.joined(separator: "/")
            if let real = POSIX.realPath(existing) {
                guard !rest.contains("..") else {
                    throw DatasetError(.notFound, "\(path): a folder above '..' is missing")
                }
                let names = rest.reversed().filter { $0 != "." }
                if names.isEmpty, real == "/" {
                    throw DatasetError(.notEmpty, "/ cannot be the output folder; name a folder in it")
                }
                return names.isEmpty ? real : (real == "/" ? "" : real) + "/" + names.joined(separator: "/")
            }
            guard let last = parts.popLast() else { throw DatasetError(.notFound, "there is no folder \(existing)") }
            rest.append(last)
        }
    }

    private static func split(_ path: String) -> (parent: String, name: String) {
        let parts = path.split(separator: "/").map(String.init)
        return ("/" + parts.dropLast().joined(separator: "/"), parts.last ?? "")
    }

    private static func check(_ target: String, path: String, existing: Existing) throws {
        switch POSIX.kind(target) {
        case nil: return
        case .file, .other:
            throw DatasetError(.notEmpty, "\(path) exists and is no folder; choose another output folder")
        case .folder: break
        }
        // Neither can be replaced by a rename, which would only show at the end.
        if target == POSIX.realPath(".") {
            throw DatasetError(
                .notEmpty, "the current folder cannot be the output folder; name a folder in it, such as ./out")
        }
        if POSIX.device(target) != POSIX.device(split(target).parent) {
            throw DatasetError(
                .notWritable, "\(path) is where a disk is mounted; name a folder in it, such as \(path)/out")
        }
        let names = try POSIX.names(in: target)
        if names.isEmpty { return }
        guard existing == .replace else {
            throw DatasetError(
                .notEmpty,
                "the output folder \(path) exists and is not empty; choose another, remove it, or allow it to be "
                    + "replaced (--overwrite)")
        }
        let isDataset =
            names.contains("pipeline.yaml") || names.contains(Distiset.diskFolder)
            || names.contains { name in
                let inner = (try? POSIX.names(in: target + "/" + name)) ?? []
                return inner.contains { $0.hasSuffix(".parquet") || $0.hasSuffix(".jsonl") || $0.hasSuffix(".csv") }
                    || ArrowFolder.isOne(target + "/" + name)
            }
        guard isDataset else {
            throw DatasetError(
                .notEmpty,
                "the output folder \(path) holds something else than a dataset (\(names.prefix(3).joined(separator: ", "))"
                    + "), so it is not replaced; choose another or remove it by hand")
        }
    }

    /// Makes a folder and those above it, and returns those that were missing, the outermost first.
    private static func makeFolders(_ path: String) throws -> [String] {
        var made: [String] = []
        var current = ""
        for part in path.split(separator: "/") {
            current += "/" + part
            switch POSIX.kind(current) {
            case .folder: continue
            case nil:
                do {
                    try POSIX.makeDirectory(current)
                } catch {
                    for folder in made.reversed() { POSIX.removeTree(folder) }
                    throw error
                }
                made.append(current)
            default: throw DatasetError(.notWritable, "\(current) is no folder, so none can be made in it")
            }
        }
        return made
    }

    /// Removes what runs that were killed left; those that still run hold the lock of theirs.
    private static func removeLeftovers(of name: String, in parent: String) {
        for leftover in (try? POSIX.names(in: parent)) ?? [] where leftover.hasPrefix(".\(name).partial-") {
            let path = parent + "/" + leftover
            guard let lock = POSIX.lock(path) else { continue }
            POSIX.removeTree(path)
            POSIX.unlock(lock)
        }
    }

    /// Writes a little and removes it again, so that a full or read-only disk shows before a run starts.
    private func probe() throws {
        let path = workPath + "/.probe"
        var file = try OutputFile(path: path)
        try file.append { $0.append(contentsOf: Array(repeating: 0x20, count: 4096)) }
        try file.finish()
        POSIX.removeFile(path)
    }

    private static func synchronizeTree(_ path: String) throws {
        for name in try POSIX.names(in: path) {
            let inner = path + "/" + name
            if POSIX.kind(inner) == .folder { try synchronizeTree(inner) } else { try POSIX.synchronize(inner) }
        }
        try POSIX.synchronize(path)
    }
}
