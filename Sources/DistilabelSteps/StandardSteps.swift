public import DistilabelValues

/// The steps without models that files may name.
public enum StandardSteps {
    /// All of them, by family.
    public static let all: [any Component.Type] = [
        DataSampler.self, LoadDataFromDicts.self, LoadDataFromDisk.self, LoadDataFromFileSystem.self,
        LoadDataFromHub.self,
        LoadDataFromArgilla.self, PushToHub.self,
        CombineColumns.self, CombineOutputs.self, ExpandColumns.self, GroupColumns.self, KeepColumns.self,
        MergeColumns.self, TruncateTextColumn.self,
        ConversationTemplate.self, FormatChatGenerationDPO.self, FormatChatGenerationSFT.self,
        FormatPRM.self, FormatTextGenerationDPO.self, FormatTextGenerationSFT.self, PrepareExamples.self,
        DeitaFiltering.self, EmbeddingDedup.self, MinHashDedup.self,
        EmbeddingGeneration.self, FaissNearestNeighbour.self,
        DBSCAN.self, UMAP.self,
        SampleNSteps.self,
        PreferenceToArgilla.self, TextGenerationToArgilla.self,
    ]
}
