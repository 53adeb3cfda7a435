import DistilabelTesting
import DistilabelValues

/// Python with numpy, scikit-learn and datasketch, which tests ask what they make of the same numbers.
enum ScientificPython {
    static let isAvailable = PythonRun.canImport("numpy, sklearn, datasketch")

    /// Runs a script that finds `given` and leaves `answer`.
    static func ask(_ script: String, _ given: Value) throws -> Value {
        let whole = """
            import json, sys
            given = json.load(sys.stdin)
            \(script)
            json.dump(answer, sys.stdout)
            """
        return try JSON.parse(try PythonRun.run(whole, input: JSON.string(given)))
    }
}
