/// How the names of properties stand as keys.
public enum KeyStyle: Sendable, Hashable {
    /// As the property is called in Swift: `numGenerations`.
    case asWritten
    /// In snake case, as in `pipeline.yaml`: `num_generations`. Names that hold an underscore already stay as they are.
    case snakeCase

    /// The key of a property's name: `baseURL` is `base_url`, `nCtx` is `n_ctx`, `topP` is `top_p`.
    public func key(of name: String) -> String {
        switch self {
        case .asWritten: name
        case .snakeCase: Self.snake(name)
        }
    }

    private static func snake(_ name: String) -> String {
        let units = Array(name.utf8)
        guard units.contains(where: isUpper), !units.contains(UInt8(ascii: "_")) else { return name }
        var snake: [UInt8] = []
        for (position, unit) in units.enumerated() {
            guard isUpper(unit) else {
                snake.append(unit)
                continue
            }
            // A word starts at a capital behind a small letter, and at the last capital of a run: `HTTPServer` is `http_server`.
            let endsRun = position + 1 < units.count && !isUpper(units[position + 1]) && !isDigit(units[position + 1])
            if position > 0, !isUpper(units[position - 1]) || endsRun { snake.append(UInt8(ascii: "_")) }
            snake.append(unit | 0x20)
        }
        return String(decoding: snake, as: UTF8.self)
    }

    /// The name that a key has where only the key is known: `num_generations` is `numGenerations`.
    func name(of key: String) -> String {
        guard self == .snakeCase else { return key }
        let words = key.split(separator: "_", omittingEmptySubsequences: true)
        guard words.count > 1, let first = words.first else { return key }
        return first + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func isUpper(_ unit: UInt8) -> Bool { unit >= 0x41 && unit <= 0x5A }
    private static func isDigit(_ unit: UInt8) -> Bool { unit >= 0x30 && unit <= 0x39 }
}
