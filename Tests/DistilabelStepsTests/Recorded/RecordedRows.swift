import DistilabelPipeline
import DistilabelSteps
import DistilabelValues
import Foundation

/// The rows that Python's distilabel made, where they lie beside the checkout.
enum RecordedRows {
    /// The folder of the cases; nil where there is none.
    static let folder = ProcessInfo.processInfo.environment["DISTILABEL_CONFORMANCE"].map { $0 + "/cases" }

    /// The rows that Python made of a configuration of a case.
    static func rows(_ name: String, _ configuration: String) throws -> [Row] {
        let path = "\(folder ?? "")/\(name)/expected/\(configuration).jsonl"
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map { try row(String($0)) }
    }

    /// A row as the recorded ones are compared: null, a missing column and an object of nulls are the same, and so are 1 and 1.0.
    static func comparable(_ row: Row) -> Value { comparable(.object(row.object)) ?? .null }

    private static func comparable(_ value: Value) -> Value? {
        switch value {
        case .null: return nil
        case .int(let number): return .double(Double(number))
        case .array(let values): return .array(values.map { comparable($0) ?? .null })
        case .object(let object):
            let known = object.filter { !$0.key.hasPrefix("failure_") }.compactMapValues { comparable($0) }
            return known.isEmpty ? nil : .object(known)
        default: return value
        }
    }
}

extension Row {
    /// This row without some columns.
    func without(_ columns: [String]) -> Row {
        var row = self
        for column in columns { row[column] = nil }
        return row
    }
}
