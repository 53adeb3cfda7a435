internal import Crypto
internal import DistilabelHTTP

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Looks at the bytes of what is to be pushed, in bounded memory.
struct ContentReader {
    let content: HubContent

    private static let pieceSize = 1 << 20

    /// How many bytes there are.
    func size() throws -> Int {
        switch content {
        case .bytes(let bytes): return bytes.count
        case .file(let path):
            var status = stat()
            guard stat(path, &status) == 0 else { throw Self.failure("read", path) }
            guard status.st_mode & S_IFMT == S_IFREG else {
                throw HubError(.localFile, "\(path) is no file; name the files of a folder one by one")
            }
            return Int(status.st_size)
        }
    }

    /// The first bytes, at most `count`.
    func head(_ count: Int) throws -> [UInt8] {
        var head: [UInt8] = []
        try forEachPiece(of: count) { piece in
            head.append(contentsOf: piece.prefix(count - head.count))
            return head.count < count
        }
        return head
    }

    /// All bytes: of what is small.
    func all() throws -> [UInt8] {
        if case .bytes(let bytes) = content { return bytes }
        var all: [UInt8] = []
        try forEachPiece {
            all.append(contentsOf: $0)
            return true
        }
        return all
    }

    /// The SHA-256 in hexadecimal, by which the large storage knows a file.
    func sha256() throws -> String { try digest(SHA256()) }

    /// Git's digest of a file: the SHA-1 of a header and the bytes.
    func gitDigest() throws -> String {
        var hash = Insecure.SHA1()
        hash.update(data: Array("blob \(try size())\0".utf8))
        return try digest(hash)
    }

    private func digest(_ start: some HashFunction) throws -> String {
        var hash = start
        try forEachPiece {
            hash.update(bufferPointer: $0)
            // A large file takes a while.
            try Task.checkCancellation()
            return true
        }
        return Hexadecimal.text(hash.finalize())
    }

    /// Hands the bytes over a piece at a time, until `body` says that it has enough.
    private func forEachPiece(
        of size: Int = ContentReader.pieceSize, _ body: (UnsafeRawBufferPointer) throws -> Bool
    ) throws {
        switch content {
        case .bytes(let bytes): _ = try bytes.withUnsafeBytes { try body($0) }
        case .file(let path):
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Self.failure("open", path) }
            defer { _ = close(descriptor) }
            let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, size), alignment: 16)
            defer { buffer.deallocate() }
            while true {
                let done = read(descriptor, buffer.baseAddress, buffer.count)
                if done < 0 {
                    if errno == EINTR { continue }
                    throw Self.failure("read", path)
                }
                guard done > 0, try body(UnsafeRawBufferPointer(rebasing: buffer[..<done])) else { return }
            }
        }
    }

    static func failure(_ action: String, _ path: String) -> HubError {
        HubError(.localFile, "cannot \(action) \(path): \(String(cString: strerror(errno)))")
    }
}

/// Bytes in hexadecimal digits.
enum Hexadecimal {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether a text is such digits, as many as given.
    static func isText(_ text: String, digits: Int) -> Bool {
        text.utf8.count == digits
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
