public import DistilabelValues

/// How the columns of a dataset and the names that a step uses for them correspond.
///
/// As in Python: the step sees a mapped column under its own name; what it makes goes under `output_mappings`, else back under the
/// dataset's name of an input; a column of the dataset that bears the step's name for another is put back untouched.
public struct ColumnMapping: Sendable {
    /// The step's name for a column → the dataset's.
    private let inputs: [String: String]
    private let outputs: [String: String]
    private let made: Set<String>

    /// Makes the mapping of a step.
    public init(_ member: Pipeline.Member) {
        inputs = member.options.inputMappings
        outputs = member.options.outputMappings
        made = Set(member.step.outputs)
    }

    /// Whether names are the same on both sides.
    public var isIdentity: Bool { inputs.isEmpty && outputs.isEmpty }

    /// The columns as the step sees them.
    func inside(_ columns: ColumnSet) -> ColumnSet {
        guard !inputs.isEmpty else { return columns }
        return ColumnSet(insideNames(columns.names).map(\.new), isOpen: columns.isOpen)
    }

    /// Under which names a step sees which columns.
    private func insideNames(_ names: [String]) -> [(new: String, old: String)] {
        var inner: [String: String] = [:]
        for (input, column) in inputs where names.contains(column) { inner[column] = input }
        let hidden = Set(inner.values)
        return names.compactMap { name in
            if let input = inner[name] { return (input, name) }
            return hidden.contains(name) ? nil : (name, name)
        }
    }

    /// The row as the step sees it.
    public func inside(_ row: Row) -> Row {
        guard !inputs.isEmpty else { return row }
        let names = insideNames(row.columns.names)
        return Row(columns: Columns(names.map(\.new)), values: names.map { row[$0.old] ?? .null })
    }

    /// The columns behind the step, under the dataset's names.
    func outside(_ columns: ColumnSet, before: [ColumnSet]) -> ColumnSet {
        guard !isIdentity else { return columns }
        let known = before.flatMap(\.names)
        var names = columns.names.map { outsideName($0, known: Set(known)) }
        names += known.filter { hides($0) && !names.contains($0) }
        return ColumnSet([]).adding(names).opened(columns.isOpen)
    }

    /// A row that the step made of `row`, under the dataset's names.
    public func outside(_ made: Row, of row: Row?) -> Row {
        guard !isIdentity else { return made }
        let known = Set(row?.columns.names ?? [])
        var result = Row()
        for (name, value) in zip(made.columns.names, made.values) { result[outsideName(name, known: known)] = value }
        if let row {
            for name in row.columns.names where hides(name) && result[name] == nil { result[name] = row[name] }
        }
        return result
    }

    /// Whether a column of the dataset bears the name that the step uses for another.
    private func hides(_ name: String) -> Bool { inputs[name] != nil && inputs[name] != name }

    private func outsideName(_ name: String, known: Set<String>) -> String {
        if let mapped = outputs[name] { return mapped }
        if let column = inputs[name], known.contains(column) { return column }
        return name
    }
}

extension ColumnSet {
    /// The same names, open or not.
    fileprivate func opened(_ isOpen: Bool) -> ColumnSet { ColumnSet(names, isOpen: isOpen) }
}
