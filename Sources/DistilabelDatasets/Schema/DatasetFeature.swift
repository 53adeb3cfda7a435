internal import DistilabelValues

/// What the `datasets` library calls a feature: a column's type with more than ``ColumnType`` tells, such as how wide its numbers
/// are or the names of its classes.
///
/// Source: https://huggingface.co/docs/datasets/about_dataset_features
indirect enum DatasetFeature: Hashable, Sendable {
    /// A plain value of a type, such as `int64` or `string`.
    case value(String)
    /// Numbers of classes, with their names.
    case classLabel([String])
    /// Lists; those of one length have that, large ones have 64-bit offsets in memory.
    case list(DatasetFeature, length: Int?, isLarge: Bool)
    /// Objects.
    case object(OrderedDictionary<String, DatasetFeature>)

    /// The feature that a type has where nothing more is known of it.
    init(_ type: ColumnType) {
        switch type {
        case .null: self = .value("null")
        case .bool: self = .value("bool")
        case .int: self = .value("int64")
        case .double: self = .value("float64")
        case .string, .mixed: self = .value("string")
        case .list(let element): self = .list(DatasetFeature(element), length: nil, isLarge: false)
        case .object(let fields):
            self = fields.isEmpty ? .value("string") : .object(fields.mapValues(DatasetFeature.init))
        }
    }

    /// Reads a feature in any form that the library has written; nil for one of pictures, sounds and the like.
    init?(json: Value, depth: Int = 0) {
        guard depth < ColumnType.depthLimit else { return nil }
        func inner(_ value: Value?) -> DatasetFeature? { value.flatMap { DatasetFeature(json: $0, depth: depth + 1) } }
        switch json {
        case .array(let elements):
            guard elements.count == 1, let element = inner(elements[0]) else { return nil }
            self = .list(element, length: nil, isLarge: false)
        case .object(let object):
            switch object["_type"]?.stringValue {
            case "Value":
                guard let type = object["dtype"]?.stringValue else { return nil }
                self = .value(type)
            case "ClassLabel":
                guard let names = object["names"]?.arrayValue?.compactMap(\.stringValue) else { return nil }
                self = .classLabel(names)
            case "List", "LargeList", "Sequence":
                guard let element = inner(object["feature"]) else { return nil }
                let length = object["length"]?.intValue.flatMap { $0 < 0 ? nil : $0 }
                // A `Sequence` of an object was an object of lists.
                if object["_type"] == "Sequence", case .object(let fields) = element {
                    self = .object(fields.mapValues { .list($0, length: length, isLarge: false) })
                } else {
                    self = .list(element, length: length, isLarge: object["_type"] == "LargeList")
                }
            case nil:
                var fields: OrderedDictionary<String, DatasetFeature> = [:]
                for (name, value) in object {
                    guard let field = inner(value) else { return nil }
                    fields[name] = field
                }
                self = .object(fields)
            default: return nil
            }
        default: return nil
        }
    }

    /// The type of a column of this feature; nil where its values become something else here, such as dates.
    var columnType: ColumnType? {
        switch self {
        case .classLabel: .int
        case .value(let name):
            switch name {
            case "null": .null
            case "bool": .bool
            case "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64": .int
            case "float16", "float32", "float64": .double
            case "string", "large_string": .string
            default: nil
            }
        case .list(let element, _, _): element.columnType.map { .list($0) }
        case .object(let fields): Self.types(of: fields).map { .object($0) }
        }
    }

    private static func types(of fields: OrderedDictionary<String, DatasetFeature>) -> OrderedDictionary<
        String, ColumnType
    >? {
        var types: OrderedDictionary<String, ColumnType> = [:]
        for (name, feature) in fields {
            guard let type = feature.columnType else { return nil }
            types[name] = type
        }
        return types
    }

    /// The nearest feature that a Parquet file of ours can hold.
    var inParquet: DatasetFeature {
        switch self {
        case .classLabel: self
        case .value(let name):
            switch name {
            case "int8", "int16", "uint8", "uint16": .value("int32")
            case "uint32", "uint64": .value("int64")
            case "float16": .value("float32")
            case "large_string": .value("string")
            default: self
            }
        case .list(let element, _, _): .list(element.inParquet, length: nil, isLarge: false)
        case .object(let fields): .object(fields.mapValues(\.inParquet))
        }
    }

    /// The feature as the library writes it into files; lists in the form that all its versions read, where there is one.
    var json: Value {
        switch self {
        case .value(let name): ["dtype": .string(name), "_type": "Value"]
        case .classLabel(let names): ["names": .array(names.map(Value.string)), "_type": "ClassLabel"]
        case .list(let element, nil, false): [element.json]
        case .list(let element, let length, let isLarge):
            length.map {
                ["feature": element.json, "length": .int($0), "_type": isLarge ? "LargeList" : "List"]
            } ?? ["feature": element.json, "_type": isLarge ? "LargeList" : "List"]
        case .object(let fields): .object(fields.mapValues(\.json))
        }
    }

    /// The feature as a dataset card has it, beside the name of the column.
    var yaml: Value.Object {
        switch self {
        case .value(let name): return ["dtype": .string(name)]
        case .classLabel(let names):
            let numbered = Value.Object(
                uniqueKeysWithValues: names.enumerated().map { (String($0.offset), .string($0.element)) })
            return ["dtype": ["class_label": ["names": .object(numbered)]]]
        case .list(let element, let length, let isLarge):
            let inner = element.yaml
            // A type or a struct alone is written without its key.
            let content = inner.count == 1 ? inner["dtype"] ?? inner["struct"] : nil
            var object: Value.Object = [isLarge ? "large_list" : "list": content ?? .object(inner)]
            if let length { object["length"] = .int(length) }
            return object
        case .object(let fields): return ["struct": .array(Self.yaml(of: fields))]
        }
    }

    /// The features of columns as a dataset card lists them.
    static func yaml(of fields: OrderedDictionary<String, DatasetFeature>) -> [Value] {
        fields.map { name, feature in
            var object: Value.Object = ["name": .string(name)]
            object.merge(feature.yaml) { own, _ in own }
            return .object(object)
        }
    }
}

extension DatasetSchema {
    /// The feature of each column.
    var columnFeatures: OrderedDictionary<String, DatasetFeature> {
        OrderedDictionary(
            uniqueKeysWithValues: columns.map { name, type in
                if let feature = features[name], feature.columnType == type { return (name, feature) }
                return (name, DatasetFeature(type))
            })
    }

    /// The features as files keep them under `huggingface`, so that `datasets` gives these.
    static func huggingFaceInfo(_ features: OrderedDictionary<String, DatasetFeature>) -> String {
        JSON.string(["info": ["features": .object(features.mapValues(\.json))]])
    }

    /// Takes what a file says about its columns beyond their types.
    mutating func takeFeatures(fromInfo text: String) {
        guard let info = try? JSON.parse(text), let object = info["info"]?["features"]?.objectValue else { return }
        for (name, json) in object {
            guard let type = columns[name], let feature = DatasetFeature(json: json) else { continue }
            if feature.columnType == type, feature != DatasetFeature(type) { features[name] = feature }
        }
    }
}
