extension Shredder {
    /// Appends text to a column that holds no text: one of scalars, which the text must spell.
    @usableFromInline
    static func append(text: String, to node: WriteNode, repetition: UInt8) throws {
        guard node.kind == .scalar else { throw mismatch(node, "text") }
        guard let scalar = ParquetScalar(parsing: text, as: node.type) else {
            throw ParquetError(
                .cell,
                "column \(node.path): \"\(text.prefix(60))\" is no \(node.type); write it as in ISO 8601, or in digits")
        }
        try append(scalar, to: node, repetition: repetition)
    }

    /// Appends a scalar to a column of its type, in the unit and the scale of the column.
    ///
    /// - Throws: ``ParquetError`` where the column is of another type, or would lose digits.
    @usableFromInline
    static func append(_ value: ParquetScalar, to node: WriteNode, repetition: UInt8) throws {
        let leaf = node.leaves.first
        switch (node.type, value) {
        case (.date, .date(let days)): try leaf?.append(int: Int64(days), repetition: repetition)
        case (.time(let unit, _), .time(let ticks, let own)):
            let converted = try convert(ticks, own, unit, value, node)
            guard (0..<unit.ticksPerSecond * 86_400).contains(converted) else { throw lossy(value, node) }
            try leaf?.append(int: converted, repetition: repetition)
        case (.timestamp(let unit, let isUTC), .timestamp(let ticks, let own, let other)) where isUTC == other:
            try leaf?.append(int: try convert(ticks, own, unit, value, node), repetition: repetition)
        case (.decimal(let precision, let scale), .decimal(let decimal)):
            let digits = try rescale(decimal, precision, scale, value, node)
            if precision <= 18 {
                try leaf?.append(int: Int64(truncatingIfNeeded: digits), repetition: repetition)
            } else {
                let bits = UInt128(bitPattern: digits)
                try leaf?.append(
                    UInt64(truncatingIfNeeded: bits >> 64), UInt64(truncatingIfNeeded: bits), repetition: repetition)
            }
        case (.uuid, .uuid(let high, let low)): try leaf?.append(high, low, repetition: repetition)
        default: throw mismatch(node, "\(value)")
        }
    }

    private static func convert(
        _ ticks: Int64, _ from: ParquetTimeUnit, _ to: ParquetTimeUnit, _ value: ParquetScalar, _ node: WriteNode
    ) throws -> Int64 {
        if from.ticksPerSecond <= to.ticksPerSecond {
            let (product, overflow) = ticks.multipliedReportingOverflow(by: to.ticksPerSecond / from.ticksPerSecond)
            if overflow { throw lossy(value, node) }
            return product
        }
        let (quotient, rest) = ticks.quotientAndRemainder(dividingBy: from.ticksPerSecond / to.ticksPerSecond)
        guard rest == 0 else { throw lossy(value, node) }
        return quotient
    }

    private static func rescale(
        _ decimal: ParquetDecimal, _ precision: Int, _ scale: Int, _ value: ParquetScalar, _ node: WriteNode
    ) throws -> Int128 {
        var digits = decimal.unscaled
        var place = decimal.scale
        while place > scale, digits % 10 == 0 {
            digits /= 10
            place -= 1
            if digits == 0 { place = scale }
        }
        while place < scale, digits != 0 {
            let (product, overflow) = digits.multipliedReportingOverflow(by: 10)
            if overflow { throw lossy(value, node) }
            digits = product
            place += 1
        }
        guard digits == 0 || place == scale, String(digits.magnitude).count <= precision else {
            throw lossy(value, node)
        }
        return digits
    }

    private static func lossy(_ value: ParquetScalar, _ node: WriteNode) -> ParquetError {
        ParquetError(.cell, "column \(node.path): \(value) does not fit into \(node.type); round it or widen the type")
    }
}

extension WriteNode {
    /// What a whole number means in a column of scalars: days, ticks, or the number itself.
    func scalar(of number: Int64) -> ParquetScalar? {
        switch type {
        case .date: Int32(exactly: number).map { .date(days: $0) }
        case .time(let unit, _): .time(number, unit)
        case .timestamp(let unit, let isUTC): .timestamp(number, unit, isUTC: isUTC)
        case .decimal: .decimal(ParquetDecimal(unscaled: Int128(number), scale: 0))
        default: nil
        }
    }
}

extension LeafWriter {
    /// Appends a value of sixteen bytes, given as two numbers, the highest byte first.
    func append(_ high: UInt64, _ low: UInt64, repetition: UInt8) throws {
        try withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { try append(fixed: $0, repetition: repetition) }
    }
}
