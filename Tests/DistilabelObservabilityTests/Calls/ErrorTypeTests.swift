import DistilabelModels
import DistilabelObservability
import Testing

struct ErrorTypeTests {
    private struct OddError: Error {
        let secret = "what the model said"
    }

    @Test(arguments: [
        (LanguageModelError.Code.rateLimited, "rate_limited"), (.timeout, "timeout"), (.noSuchModel, "no_such_model"),
        (.contextTooLong, "context_too_long"),
    ])
    func errorsOfModelsAreNamedByTheirCode(code: LanguageModelError.Code, name: String) {
        #expect(ErrorType.name(of: LanguageModelError(code: code, message: "the answer was: no")) == name)
    }

    @Test func otherErrorsAreNamedByTheirType() {
        #expect(ErrorType.name(of: CancellationError()) == "cancelled")
        #expect(ErrorType.name(of: OddError()) == "OddError")
    }
}
