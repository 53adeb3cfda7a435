public import DistilabelModels

/// The word for a kind of error in metrics and spans.
public enum ErrorType {
    /// The code of a model's error (`rate_limited`, `timeout`), `cancelled`, or the name of the error's type.
    ///
    /// Never the message, which may quote an answer and would make a series of its own.
    public static func name(of error: any Error) -> String {
        switch error {
        case let error as LanguageModelError: name(of: error.code)
        case is CancellationError: "cancelled"
        default: String(describing: type(of: error))
        }
    }

    /// The code with `_` before what were capitals.
    public static func name(of code: LanguageModelError.Code) -> String {
        code.rawValue.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }
}
