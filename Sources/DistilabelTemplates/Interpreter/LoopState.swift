/// What a running `for` knows: its elements, taken one by one so that a filter sees what earlier turns set.
final class LoopState {
    private let items: [Object]
    private let passes: (Object) throws(TemplateError) -> Bool
    private var cursor = 0
    /// Elements that passed already, because the loop's length was asked for.
    private var ready: [Object] = []
    private var nextReady = 0
    private var fixedLength: Int?
    private var peeked: Object?
    private var previous: Object?
    private var current: Object?
    private var lastChanged: [Object]?
    private(set) var index0 = -1
    let depth: Int

    init(_ items: [Object], depth: Int, passes: @escaping (Object) throws(TemplateError) -> Bool) {
        self.items = items
        self.depth = depth
        self.passes = passes
    }

    /// Goes to the next element, or tells that there is none.
    func advance() throws(TemplateError) -> Object? {
        guard let item = try peek() else { return nil }
        peeked = nil
        index0 += 1
        previous = current
        current = item
        return item
    }

    private func peek() throws(TemplateError) -> Object? {
        if peeked == nil { peeked = try pull() }
        return peeked
    }

    private func pull() throws(TemplateError) -> Object? {
        if nextReady < ready.count {
            nextReady += 1
            return ready[nextReady - 1]
        }
        while cursor < items.count {
            let item = items[cursor]
            cursor += 1
            if try passes(item) { return item }
        }
        return nil
    }

    /// Goes through the filter to the end, once.
    func length(_ interpreter: Interpreter) throws(TemplateError) -> Int {
        if let fixedLength { return fixedLength }
        let seen = index0 + 1 + (peeked == nil ? 0 : 1)
        try interpreter.charge(items.count - cursor)
        var rest: [Object] = []
        while let item = try pull() { rest.append(item) }
        ready = rest
        nextReady = 0
        fixedLength = seen + rest.count
        return seen + rest.count
    }

    /// The value of `loop.name`, or nil when there is no such thing.
    func attribute(_ name: String, _ interpreter: Interpreter) throws(TemplateError) -> Object? {
        switch name {
        case "index": return .int(index0 + 1)
        case "index0": return .int(index0)
        case "first": return .bool(index0 == 0)
        case "last": return .bool(try peek() == nil)
        case "length": return .int(try length(interpreter))
        case "revindex": return .int(try length(interpreter) - index0)
        case "revindex0": return .int(try length(interpreter) - index0 - 1)
        case "depth": return .int(depth)
        case "depth0": return .int(depth - 1)
        case "previtem": return index0 == 0 ? .undefined("there is no previous item") : previous
        case "nextitem": return try peek() ?? .undefined("there is no next item")
        case "cycle", "changed": return .method(Method(.loop(self), name))
        default: return nil
        }
    }

    static let attributes = [
        "index", "index0", "first", "last", "length", "revindex", "revindex0", "depth", "depth0", "previtem",
        "nextitem",
        "cycle", "changed",
    ]

    func call(_ name: String, _ values: [Object]) throws(TemplateError) -> Object {
        if name == "changed" {
            defer { lastChanged = values }
            return .bool(lastChanged != values)
        }
        guard !values.isEmpty else { throw TemplateError(.arguments, "loop.cycle needs values to cycle through") }
        return values[index0 % values.count]
    }
}
