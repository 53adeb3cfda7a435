/// Bounds on one rendering, so that a template that never ends is an error instead of a hang.
public struct RenderLimits: Sendable, Hashable {
    /// The most UTF-8 bytes that the output, or any text made on the way, may have; 64 MiB by default.
    public var maximumOutputBytes: Int
    /// The most steps (evaluated expressions, loop turns, items made); 10 million by default.
    public var maximumSteps: Int
    /// The deepest nesting of evaluations, macro calls included; 200 by default.
    public var maximumDepth: Int

    /// Creates limits.
    public init(maximumOutputBytes: Int = 64 << 20, maximumSteps: Int = 10_000_000, maximumDepth: Int = 200) {
        self.maximumOutputBytes = maximumOutputBytes
        self.maximumSteps = maximumSteps
        self.maximumDepth = maximumDepth
    }

    /// Limits that no honest prompt reaches.
    public static let `default` = RenderLimits()
}
