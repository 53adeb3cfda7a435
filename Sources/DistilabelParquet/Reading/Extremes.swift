/// A value as statistics order it.
enum OrderedValue: Comparable {
    case int(Int128)
    case double(Double)
    case bytes([UInt8])

    static func < (left: OrderedValue, right: OrderedValue) -> Bool {
        switch (left, right) {
        case (.int(let one), .int(let two)): one < two
        case (.double(let one), .double(let two)): one < two
        case (.bytes(let one), .bytes(let two)): one.lexicographicallyPrecedes(two)
        default: false
        }
    }
}

/// The least and the greatest value of a column chunk, or bounds beyond them.
struct Extremes {
    var low: OrderedValue?
    var high: OrderedValue?

    /// Whether a chunk within these bounds may hold a value that stands so to another.
    func mayHold(_ comparison: ParquetFilter.Comparison, _ value: OrderedValue) -> Bool {
        switch comparison {
        case .less: low.map { $0 < value } ?? true
        case .lessOrEqual: low.map { $0 <= value } ?? true
        case .greater: high.map { value < $0 } ?? true
        case .greaterOrEqual: high.map { value <= $0 } ?? true
        case .equal: mayHold(.lessOrEqual, value) && mayHold(.greaterOrEqual, value)
        // Bounds may be shortened, and what is no number is in none of them.
        case .notEqual: true
        }
    }
}

extension LeafPlan {
    /// The bounds that statistics give; nil where they give none that can be trusted.
    func extremes(_ statistics: ColumnStatistics) -> Extremes? {
        // Older writers ordered everything as signed numbers, which is right for signed numbers alone.
        let isSigned =
            switch reading {
            case .int, .float, .bool, .date, .time, .timestamp: true
            case .decimal: physical == .int32 || physical == .int64
            default: false
            }
        let low = statistics.minimum ?? (isSigned ? statistics.signedMinimum : nil)
        let high = statistics.maximum ?? (isSigned ? statistics.signedMaximum : nil)
        return Extremes(low: low.flatMap(bound), high: high.flatMap(bound))
    }

    private func bound(_ bytes: [UInt8]) -> OrderedValue? {
        if physical == .byteArray {
            return reading == .string || reading == .bytes ? .bytes(bytes) : nil
        }
        let size = physical == .boolean ? 1 : physical.width ?? 0
        guard size > 0, size <= 8, bytes.count == size else { return nil }
        let bits = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        switch physical {
        case .boolean: return .int(Int128(bits))
        case .int32:
            let low = UInt32(truncatingIfNeeded: bits)
            return .int(reading == .unsigned32 ? Int128(low) : Int128(Int32(bitPattern: low)))
        case .int64: return .int(reading == .unsigned64 ? Int128(bits) : Int128(Int64(bitPattern: bits)))
        case .float, .double:
            let number =
                physical == .double
                ? Double(bitPattern: bits) : Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
            return number.isNaN ? nil : .double(number)
        case .int96, .byteArray, .fixedLengthByteArray: return nil
        }
    }

    /// A value that a filter names, as the column's statistics order it; nil where they order nothing.
    ///
    /// - Throws: ``ParquetError`` where the value is of another kind than the column.
    func ordered(_ value: ParquetValue) throws -> OrderedValue? {
        switch (reading, value) {
        case (.null, _): return nil
        case (.bool, .bool(let value)): return .int(value ? 1 : 0)
        case (.int, .int(let value)), (.unsigned32, .int(let value)), (.unsigned64, .int(let value)):
            return .int(Int128(value))
        case (.unsigned64, .scalar(.unsigned(let value))): return .int(Int128(value))
        case (.float, .double(let value)): return value.isNaN ? nil : .double(value)
        case (.float, .int(let value)): return Double(exactly: value).map { .double($0) }
        case (.string, .string(let value)): return .bytes(Array(value.utf8))
        case (.bytes, .bytes(let value)): return .bytes(value)
        case (.float16, .double), (.float16, .int), (.uuid, _), (.int96, _), (.interval, _), (.unsupported, _):
            return nil
        case (.date, .scalar(.date(let days))): return .int(Int128(days))
        case (.time(let unit), .scalar(.time(let ticks, let own))): return Self.scaled(ticks, own, unit)
        case (.timestamp(let unit, _), .scalar(.timestamp(let ticks, let own, _))): return Self.scaled(ticks, own, unit)
        case (.decimal(let scale), .scalar(.decimal(let decimal))) where decimal.scale == scale:
            return .int(decimal.unscaled)
        case (.decimal, .scalar(.decimal)): return nil
        case (.date, .string(let text)):
            guard let scalar = ParquetScalar(parsing: text, as: .date) else { break }
            return try ordered(.scalar(scalar))
        case (.time, .string(let text)):
            guard let scalar = ParquetScalar(parsing: text, as: .time(.nanoseconds, isUTC: false)) else { break }
            return try ordered(.scalar(scalar))
        case (.timestamp(let unit, let isUTC), .string(let text)):
            // Nanoseconds first, so that finer digits than the column has are not refused; they reach few centuries.
            let units = [ParquetTimeUnit.nanoseconds, unit]
            let readings = units.lazy.map { ParquetScalar(parsing: text, as: .timestamp($0, isUTC: isUTC)) }
            guard let scalar = readings.compactMap({ $0 }).first else { break }
            return try ordered(.scalar(scalar))
        case (.decimal(let scale), .string(let text)):
            guard let scalar = ParquetScalar(parsing: text, as: .decimal(precision: 38, scale: scale)) else { break }
            return try ordered(.scalar(scalar))
        default: break
        }
        throw ParquetError(.usage, "the filter compares column \(name) with \(value), which is of another kind")
    }

    /// Ticks in the unit of the column; nil where that would round them, or is no number of 64 bits.
    private static func scaled(_ ticks: Int64, _ from: ParquetTimeUnit, _ to: ParquetTimeUnit) -> OrderedValue? {
        let wide = Int128(ticks) * Int128(to.ticksPerSecond)
        let (quotient, rest) = wide.quotientAndRemainder(dividingBy: Int128(from.ticksPerSecond))
        return rest == 0 ? .int(quotient) : nil
    }
}
