/// Bytes that are read from start to end.
protocol ByteInput: AnyObject {
    /// What errors call it.
    var path: String { get }
    /// The next bytes, at most `count`; empty at the end.
    func read(_ count: Int) throws -> [UInt8]
}

extension ByteInput {
    /// All that is left.
    func readAll() throws -> [UInt8] {
        var all: [UInt8] = []
        while true {
            let part = try read(1 << 20)
            if part.isEmpty { return all }
            all += part
        }
    }
}

extension InputFile: ByteInput {}

/// How a file as a whole is compressed.
enum FileCompression: Hashable, Sendable {
    case none, gzip, zstandard

    /// How the names of compressed files end.
    static let endings = ["gz", "zst", "zstd"]

    /// By the first bytes of a file.
    init(start: some Collection<UInt8>) {
        if start.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if start.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
            self = .zstandard
        } else {
            self = .none
        }
    }

    /// Opens a file of this compression.
    func open(_ path: String) throws -> any ByteInput {
        switch self {
        case .none: try InputFile(path: path)
        case .gzip: DecompressedFile(try InputFile(path: path), try GzipInflater())
        case .zstandard: DecompressedFile(try InputFile(path: path), try ZstandardInflater())
        }
    }
}

/// What a compressed file holds, decompressed as it is read.
final class DecompressedFile: ByteInput {
    private let file: InputFile
    private let inflater: any Inflater
    private var input: [UInt8] = []
    private var position = 0
    private var isComplete = false

    private static let pieceSize = 1 << 16

    init(_ file: InputFile, _ inflater: any Inflater) {
        self.file = file
        self.inflater = inflater
    }

    var path: String { file.path }

    func read(_ count: Int) throws -> [UInt8] {
        try Array(unsafeUninitializedCapacity: count) { output, filled in
            let output = UnsafeMutableRawBufferPointer(output)
            while filled < count {
                var isAtEnd = false
                if position == input.count {
                    input = try file.read(Self.pieceSize)
                    position = 0
                    isAtEnd = input.isEmpty
                }
                let (read, written, isComplete) = try step(UnsafeMutableRawBufferPointer(rebasing: output[filled...]))
                position += read
                filled += written
                self.isComplete = isComplete
                // At the end the library may still hold something back.
                if isAtEnd, written == 0 {
                    guard isComplete else {
                        throw DatasetError(.malformed, "\(path) ends in the middle of what it holds; get it again")
                    }
                    return
                }
            }
        }
    }

    private func step(_ output: UnsafeMutableRawBufferPointer) throws -> (read: Int, written: Int, isComplete: Bool) {
        do {
            return try input.withUnsafeBytes {
                try inflater.inflate(UnsafeRawBufferPointer(rebasing: $0[position...]), into: output)
            }
        } catch let error as DatasetError where error.code == .malformed {
            throw DatasetError(.malformed, "\(path): \(error.message)")
        }
    }
}
