public import DistilabelValues

/// The steps without models that files may name.
public enum StandardSteps {
    /// All of them, by family.
    public static let all: [any Component.Type] = [
        LoadDataFromDicts.self, LoadDataFromDisk.self, LoadDataFromFileSystem.self, LoadDataFromHub.self,
        PushToHub.self,
        CombineColumns.self, CombineOutputs.self, ExpandColumns.self, GroupColumns.self, KeepColumns.self,
        MergeColumns.self, TruncateTextColumn.self,
        ConversationTemplate.self, FormatChatGenerationDPO.self, FormatChatGenerationSFT.self,
        FormatTextGenerationDPO.self, FormatTextGenerationSFT.self,
    ]
}
