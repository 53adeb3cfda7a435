public import DistilabelValues

/// The tasks that files may name.
public enum StandardTasks {
    /// All of them.
    public static let all: [any Component.Type] = [
        ArgillaLabeller.self, ChatGeneration.self, SelfInstruct.self, TextGeneration.self, UltraFeedback.self,
    ]
}
