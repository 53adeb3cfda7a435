#if Llama
    import Distilabel
    import MathPreference
    import Testing

    struct MathPreferenceTests {
        /// The same description gives the same rows, since nothing else goes into a run.
        @Test func isThePipelineOfTheYAMLFile() throws {
            let file = try Pipeline(contentsOf: "\(root)/Examples/math-preference.yaml")
            #expect(try PipelineDescription(mathPreference()).value == PipelineDescription(file).value)
        }

        /// The repository, from this file's place in it.
        private var root: String {
            #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(5).joined(separator: "/")
        }
    }
#endif
