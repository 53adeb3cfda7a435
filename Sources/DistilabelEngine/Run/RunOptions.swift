public import DistilabelPipeline

/// How a run is to be.
public struct RunOptions: Sendable {
    /// Rows that a generator makes at most; nil for all.
    ///
    /// A dry run sets it.
    public var rowLimit: Int?
    /// Whether the first row that fails ends the run.
    public var isStrict = false
    /// Whether the run only tries the pipeline, so that steps that write to a service write nothing.
    ///
    /// A dry run and an estimate set it.
    public var isTrial = false
    /// How many rows the first may run ahead of the slowest; nil for 4,096, or 32 times the calls that a step may have under way where that is more, so
    /// that one answer that takes long does not let the others wait.
    public var window: Int?
    /// Which steps are loaded together.
    public var loadGroups = LoadGroups.together
    /// How many rows a connection between two steps holds.
    public var channelCapacity = 256

    /// Makes the defaults.
    public init() {}
}
