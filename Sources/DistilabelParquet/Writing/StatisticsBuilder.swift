#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The extremes of the values of a column chunk and the number of its nulls.
struct StatisticsBuilder {
    /// Extremes of text that are longer than this are left out: they help nobody to skip.
    private static let longest = 256

    private let physical: PhysicalType
    var nullCount: Int64 = 0
    private var ints: (low: Int64, high: Int64) = (.max, .min)
    private var doubles: (low: Double, high: Double) = (.infinity, -.infinity)
    private var lowBytes: [UInt8] = []
    private var highBytes: [UInt8] = []
    private var isEmpty = true
    private var hasNaN = false

    init(_ physical: PhysicalType) {
        self.physical = physical
    }

    @inline(__always)
    mutating func add(int value: Int64) {
        isEmpty = false
        if value < ints.low { ints.low = value }
        if value > ints.high { ints.high = value }
    }

    @inline(__always)
    mutating func add(double value: Double) {
        if value.isNaN { hasNaN = true }
        isEmpty = false
        if value < doubles.low { doubles.low = value }
        if value > doubles.high { doubles.high = value }
    }

    @inline(__always)
    mutating func add(bytes value: UnsafeRawBufferPointer) {
        if isEmpty {
            isEmpty = false
            lowBytes = Array(value)
            highBytes = lowBytes
        } else if Self.isLess(value, lowBytes) {
            lowBytes = Array(value)
        } else if Self.isMore(value, highBytes) {
            highBytes = Array(value)
        }
    }

    @inline(__always)
    private static func isLess(_ value: UnsafeRawBufferPointer, _ other: [UInt8]) -> Bool {
        guard let start = value.baseAddress else { return !other.isEmpty }
        let order = other.withUnsafeBytes {
            $0.baseAddress.map { memcmp(start, $0, min(value.count, other.count)) } ?? 0
        }
        return order < 0 || (order == 0 && value.count < other.count)
    }

    @inline(__always)
    private static func isMore(_ value: UnsafeRawBufferPointer, _ other: [UInt8]) -> Bool {
        guard let start = value.baseAddress else { return false }
        let order = other.withUnsafeBytes {
            $0.baseAddress.map { memcmp(start, $0, min(value.count, other.count)) } ?? 0
        }
        return order > 0 || (order == 0 && value.count > other.count)
    }

    func finished() -> ColumnStatistics {
        var result = ColumnStatistics(nullCount: nullCount)
        // What is no number has no place in the order, and readers that sort it last would skip it by a maximum.
        if isEmpty || hasNaN { return result }
        switch physical {
        case .boolean:
            result.minimum = [UInt8(truncatingIfNeeded: ints.low)]
            result.maximum = [UInt8(truncatingIfNeeded: ints.high)]
        case .int32:
            result.minimum = Self.bytes(Int32(truncatingIfNeeded: ints.low))
            result.maximum = Self.bytes(Int32(truncatingIfNeeded: ints.high))
        case .int64:
            result.minimum = Self.bytes(ints.low)
            result.maximum = Self.bytes(ints.high)
        case .float, .double:
            // Zero has two signs that compare equal; the format asks for the wider of both.
            let low = doubles.low == 0 ? -0.0 : doubles.low
            let high = doubles.high == 0 ? 0.0 : doubles.high
            if physical == .double {
                result.minimum = Self.bytes(low.bitPattern)
                result.maximum = Self.bytes(high.bitPattern)
            } else {
                result.minimum = Self.bytes(Float(low).bitPattern)
                result.maximum = Self.bytes(Float(high).bitPattern)
            }
        case .byteArray:
            if lowBytes.count <= Self.longest { result.minimum = lowBytes }
            if highBytes.count <= Self.longest { result.maximum = highBytes }
        case .int96, .fixedLengthByteArray: break
        }
        return result
    }

    private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}
