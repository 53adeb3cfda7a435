public import Foundation

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

extension FileHandle {
    /// All that comes until the other end closes, whatever signals arrive meanwhile.
    ///
    /// Foundation's `readDataToEndOfFile()` ends the process when a signal interrupts it, the end of some other child's for one.
    public func readWhole() -> Data {
        var all = Data()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = buffer.withUnsafeMutableBytes { systemRead(fileDescriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                all.append(contentsOf: buffer[..<count])
            } else if count == 0 || errno != EINTR {
                return all
            }
        }
    }
}

/// The system's call, which a method of the same name hides.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
