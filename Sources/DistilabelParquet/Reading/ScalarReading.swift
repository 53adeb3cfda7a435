/// What an entry of a column of scalars turns out to be.
@usableFromInline
enum ParquetScalarEntry {
    case missing
    case int(Int64)
    case double(Double)
    case scalar(ParquetScalar)
}

extension LeafPlan {
    /// What an entry means, by the reading of its column.
    func scalar(_ entry: LeafEntry) throws -> ParquetScalarEntry {
        switch entry {
        case .int(let value): return scalar(value)
        case .bytes(let bytes): return try scalar(bytes)
        case .missing, .bool, .double, .dictionary: return .missing
        }
    }

    private func scalar(_ value: Int64) -> ParquetScalarEntry {
        switch reading {
        case .unsigned64: return value < 0 ? .scalar(.unsigned(UInt64(bitPattern: value))) : .int(value)
        case .date: return .scalar(.date(days: Int32(truncatingIfNeeded: value)))
        case .time(let unit): return .scalar(.time(value, unit))
        case .timestamp(let unit, let isUTC): return .scalar(.timestamp(value, unit, isUTC: isUTC))
        case .decimal(let scale): return .scalar(.decimal(ParquetDecimal(unscaled: Int128(value), scale: scale)))
        default: return .int(value)
        }
    }

    private func scalar(_ bytes: UnsafeRawBufferPointer) throws -> ParquetScalarEntry {
        switch reading {
        case .decimal(let scale): return .scalar(.decimal(try decimal(bytes, scale)))
        case .int96 where bytes.count == 12: return .scalar(timestamp(bytes))
        case .uuid where bytes.count == 16:
            let high = UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self))
            return .scalar(.uuid(high, UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))))
        case .float16 where bytes.count == 2:
            return .double(Self.half(UInt16(littleEndian: bytes.loadUnaligned(as: UInt16.self))))
        case .interval where bytes.count == 12:
            let parts = [0, 4, 8].map {
                UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self))
            }
            return .scalar(.interval(months: parts[0], days: parts[1], milliseconds: parts[2]))
        default: return .missing
        }
    }

    /// A decimal whose digits are a whole number in two's complement, the highest byte first, of any length.
    private func decimal(_ bytes: UnsafeRawBufferPointer, _ scale: Int) throws -> ParquetDecimal {
        var value: Int128 = bytes.first.map { $0 >= 0x80 ? -1 : 0 } ?? 0
        let sign = UInt8(truncatingIfNeeded: value)
        for (index, byte) in bytes.enumerated() {
            // Bytes beyond sixteen must only repeat the sign.
            if index < bytes.count - 16, byte != sign {
                throw ParquetError(.damaged, "column \(name): a decimal of more than 38 digits")
            }
            value = value << 8 | Int128(byte)
        }
        return ParquetDecimal(unscaled: value, scale: scale)
    }

    /// A timestamp of twelve bytes: nanoseconds of the day, and the Julian day.
    ///
    /// Those beyond the years that 64 bits of nanoseconds reach are given in microseconds.
    private func timestamp(_ bytes: UnsafeRawBufferPointer) -> ParquetScalar {
        let ticks = Int64(littleEndian: bytes.loadUnaligned(as: Int64.self))
        let julian = Int64(Int32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: Int32.self)))
        let days = julian - 2_440_588
        let (midnight, overflow) = days.multipliedReportingOverflow(by: 86_400_000_000_000)
        let (sum, overflows) = midnight.addingReportingOverflow(ticks)
        if overflow || overflows {
            return .timestamp(days &* 86_400_000_000 &+ ticks / 1000, .microseconds, isUTC: false)
        }
        return .timestamp(sum, .nanoseconds, isUTC: false)
    }

    /// A floating-point number of 16 bits.
    ///
    /// Swift's own `Float16` is missing on Intel Macs.
    private static func half(_ bits: UInt16) -> Double {
        let isNegative = bits >> 15 == 1
        let exponent = Int(bits >> 10 & 0x1F)
        let fraction = Double(bits & 0x3FF) / 1024
        let magnitude: Double =
            switch exponent {
            case 0: fraction / 16_384
            case 31: fraction == 0 ? .infinity : .nan
            default: (1 + fraction) * (exponent >= 15 ? Double(1 << (exponent - 15)) : 1 / Double(1 << (15 - exponent)))
            }
        return isNegative ? -magnitude : magnitude
    }
}
