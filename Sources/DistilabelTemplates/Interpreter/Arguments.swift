/// Evaluated arguments, as they stand at the call.
struct Arguments {
    var positional: [Object] = []
    var named: [(name: String, value: Object)] = []
}

/// Arguments sorted to the parameters of a filter, test or method.
struct BoundArguments {
    var slots: [Object?]
    var rest: [Object] = []
    var named: [(name: String, value: Object)] = []

    /// An argument, or nil where it was left out.
    subscript(index: Int) -> Object? { index < slots.count ? slots[index] : nil }
}

/// What parameters a filter, test or method has.
struct Signature: Sendable {
    var parameters: [String]
    var required: Int
    /// Whether it takes any number of further arguments, named ones included.
    var takesRest: Bool

    init(_ parameters: [String] = [], required: Int = 0, takesRest: Bool = false) {
        self.parameters = parameters
        self.required = required
        self.takesRest = takesRest
    }

    /// Checks what can be seen before rendering.
    func check(_ arguments: CallArguments, of callee: String, at position: Position) throws(TemplateError) {
        if arguments.spread != nil || arguments.spreadNamed != nil { return }
        do {
            try check(arguments.positional.count, arguments.named.map(\.name), of: callee)
        } catch {
            throw error.placed(at: position)
        }
    }

    private func check(_ count: Int, _ named: [String], of callee: String) throws(TemplateError) {
        if takesRest { return }
        if count > parameters.count {
            let most = parameters.isEmpty ? "no arguments" : "at most \(parameters.count): \(list)"
            throw TemplateError(.arguments, "the \(callee) takes \(most), and was given \(count)")
        }
        for name in named {
            guard let place = parameters.firstIndex(of: name) else {
                throw TemplateError(
                    .arguments,
                    "the \(callee) takes no argument '\(name)'" + (parameters.isEmpty ? "" : ", only \(list)"))
            }
            if place < count { throw TemplateError(.arguments, "the \(callee) was given '\(name)' twice") }
        }
        for (place, name) in parameters.prefix(required).enumerated() where place >= count && !named.contains(name) {
            throw TemplateError(.arguments, "the \(callee) needs the argument '\(name)'")
        }
    }

    private var list: String { parameters.joined(separator: ", ") }

    func bind(_ arguments: Arguments, of callee: @autoclosure () -> String) throws(TemplateError) -> BoundArguments {
        try check(arguments.positional.count, arguments.named.map(\.name), of: callee())
        var bound = BoundArguments(slots: Array(repeating: nil, count: parameters.count))
        for (index, value) in arguments.positional.enumerated() {
            if index < parameters.count { bound.slots[index] = value } else { bound.rest.append(value) }
        }
        for (name, value) in arguments.named {
            if let place = parameters.firstIndex(of: name) {
                bound.slots[place] = value
            } else {
                bound.named.append((name, value))
            }
        }
        return bound
    }
}
