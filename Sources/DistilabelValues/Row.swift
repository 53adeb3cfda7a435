/// One row: values under ordered column names.
///
/// The names are shared between rows, so a row is cheap to copy.
///
/// A column that the row does not have reads as nil; setting it adds the column at the end.
///
///     var row: Row = ["instruction": "What is a prime?"]
///     row["generation"] = "A number with exactly two divisors."
public struct Row: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    /// The names of the row's columns, in order.
    public private(set) var columns: Columns
    /// The values, one a column, in the order of `columns`.
    public private(set) var values: [Value]

    /// Makes a row.
    ///
    /// - Parameters:
    ///   - columns: The names.
    ///   - values: One value a name, in the same order.
    public init(columns: Columns, values: [Value]) {
        precondition(columns.count == values.count, "a row needs one value a column")
        self.columns = columns
        self.values = values
    }

    /// Makes a row without columns.
    public init() { self.init(columns: [], values: []) }

    /// Makes a row of an object's keys and values.
    public init(_ object: Value.Object) {
        self.init(columns: Columns(object.keys), values: Array(object.values))
    }

    /// Makes a row of names and values; of a name that stands twice the last value counts.
    public init(dictionaryLiteral elements: (String, Value)...) {
        self.init(Value.Object(elements, uniquingKeysWith: { _, last in last }))
    }

    /// The value of a column, or nil when the row has no such column.
    ///
    /// Setting nil takes the column away.
    public subscript(name: String) -> Value? {
        get { columns.position(of: name).map { values[$0] } }
        set {
            if let position = columns.position(of: name) {
                if let newValue {
                    values[position] = newValue
                } else {
                    values.remove(at: position)
                    columns = Columns(columns.names.filter { $0 != name })
                }
            } else if let newValue {
                columns = columns.adding(CollectionOfOne(name))
                values.append(newValue)
            }
        }
    }

    /// The row as an object.
    public var object: Value.Object {
        Value.Object(uniqueKeysWithValues: zip(columns.names, values))
    }
}
