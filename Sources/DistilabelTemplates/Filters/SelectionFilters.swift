/// Filters that put every element through another filter or a test.
enum SelectionFilters {
    static let all: [Filter] = [
        Filter("map", [], rest: true, map),
        Filter("select", [], rest: true) { (interpreter, value, arguments) throws(TemplateError) in
            try choose(interpreter, value, arguments, keeps: true, byAttribute: false)
        },
        Filter("reject", [], rest: true) { (interpreter, value, arguments) throws(TemplateError) in
            try choose(interpreter, value, arguments, keeps: false, byAttribute: false)
        },
        Filter("selectattr", [], rest: true) { (interpreter, value, arguments) throws(TemplateError) in
            try choose(interpreter, value, arguments, keeps: true, byAttribute: true)
        },
        Filter("rejectattr", [], rest: true) { (interpreter, value, arguments) throws(TemplateError) in
            try choose(interpreter, value, arguments, keeps: false, byAttribute: true)
        },
    ]

    @Sendable private static func map(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments
    ) throws(TemplateError) -> Object {
        var result: [Object] = []
        let elements = try interpreter.elements(of: value)
        if arguments.rest.isEmpty, let attribute = arguments.named.first(where: { $0.name == "attribute" }) {
            let path = AttributePath(attribute.value)
            let fallback = arguments.named.first { $0.name == "default" }?.value
            if let extra = arguments.named.first(where: { $0.name != "attribute" && $0.name != "default" }) {
                throw TemplateError(.arguments, "map takes 'attribute' and 'default', not '\(extra.name)'")
            }
            for element in elements { result.append(try path.value(in: element, interpreter, fallback: fallback)) }
        } else {
            guard let name = arguments.rest.first?.text else {
                throw TemplateError(.arguments, "map needs a filter's name, or attribute='...'")
            }
            let filter = try Filter.named(name)
            let inner = Arguments(positional: Array(arguments.rest.dropFirst()), named: arguments.named)
            for element in elements { result.append(try interpreter.apply(filter, to: element, inner)) }
        }
        return try interpreter.lazy(result, from: "map")
    }

    private static func choose(
        _ interpreter: Interpreter, _ value: Object, _ arguments: BoundArguments, keeps: Bool, byAttribute: Bool
    ) throws(TemplateError) -> Object {
        var rest = arguments.rest
        var path: AttributePath?
        if byAttribute {
            guard let attribute = rest.first else { throw TemplateError(.arguments, "the attribute's name is missing") }
            path = AttributePath(attribute)
            rest.removeFirst()
        }
        var test: ValueTest?
        if let first = rest.first {
            guard let name = first.text else {
                throw TemplateError(.arguments, "a test's name is to be a str, not \(first.typeName)")
            }
            test = try ValueTest.named(name)
            rest.removeFirst()
        }
        let inner = Arguments(positional: rest, named: arguments.named)
        var result: [Object] = []
        for element in try interpreter.elements(of: value) {
            let subject = try path?.value(in: element, interpreter) ?? element
            var passes = subject.isTrue
            if let test {
                passes = try test.apply(interpreter, subject, try test.signature.bind(inner, of: "test '\(test.name)'"))
            }
            if passes == keeps { result.append(element) }
        }
        let origin = (keeps ? "select" : "reject") + (byAttribute ? "attr" : "")
        return try interpreter.lazy(result, from: origin)
    }
}
