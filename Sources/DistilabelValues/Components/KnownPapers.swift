extension Citation {
    /// The paper that a page is about, where it is one of those whose methods the components follow.
    ///
    /// - Parameter source: The page at arXiv, in any version: `https://arxiv.org/abs/2212.10560v2`.
    public static func known(at source: String) -> Citation? {
        guard source.contains("arxiv.org/") else { return nil }
        return papers.first { paper in paper.arXiv.map { source.contains("/\($0)") } ?? false }
    }

    /// The papers whose methods the components follow, in the order of their numbers at arXiv.
    public static let papers: [Citation] = [
        Citation(
            key: "mcinnes2018umap",
            title: "UMAP: Uniform Manifold Approximation and Projection for Dimension Reduction",
            authors: ["McInnes, Leland", "Healy, John", "Melville, James"], year: 2018, arXiv: "1802.03426"),
        Citation(
            key: "wang2022selfinstruct",
            title: "Self-Instruct: Aligning Language Models with Self-Generated Instructions",
            authors: [
                "Wang, Yizhong", "Kordi, Yeganeh", "Mishra, Swaroop", "Liu, Alisa", "Smith, Noah A.",
                "Khashabi, Daniel", "Hajishirzi, Hannaneh",
            ], year: 2022, arXiv: "2212.10560"),
        Citation(
            key: "xu2023wizardlm",
            title: "WizardLM: Empowering Large Language Models to Follow Complex Instructions",
            authors: [
                "Xu, Can", "Sun, Qingfeng", "Zheng, Kai", "Geng, Xiubo", "Zhao, Pu", "Feng, Jiazhan", "Tao, Chongyang",
                "Jiang, Daxin",
            ], year: 2023, arXiv: "2304.12244"),
        Citation(
            key: "rafailov2023dpo",
            title: "Direct Preference Optimization: Your Language Model is Secretly a Reward Model",
            authors: [
                "Rafailov, Rafael", "Sharma, Archit", "Mitchell, Eric", "Ermon, Stefano", "Manning, Christopher D.",
                "Finn, Chelsea",
            ], year: 2023, arXiv: "2305.18290"),
        Citation(
            key: "jiang2023llmblender",
            title: "LLM-Blender: Ensembling Large Language Models with Pairwise Ranking and Generative Fusion",
            authors: ["Jiang, Dongfu", "Ren, Xiang", "Lin, Bill Yuchen"], year: 2023, arXiv: "2306.02561"),
        Citation(
            key: "li2023backtranslation",
            title: "Self-Alignment with Instruction Backtranslation",
            authors: [
                "Li, Xian", "Yu, Ping", "Zhou, Chunting", "Schick, Timo", "Levy, Omer", "Zettlemoyer, Luke",
                "Weston, Jason", "Lewis, Mike",
            ], year: 2023, arXiv: "2308.06259"),
        Citation(
            key: "cui2023ultrafeedback",
            title: "UltraFeedback: Boosting Language Models with Scaled AI Feedback",
            authors: [
                "Cui, Ganqu", "Yuan, Lifan", "Ding, Ning", "Yao, Guanming", "He, Bingxiang", "Zhu, Wei", "Ni, Yuan",
                "Xie, Guotong", "Xie, Ruobing", "Lin, Yankai", "Liu, Zhiyuan", "Sun, Maosong",
            ], year: 2023, arXiv: "2310.01377"),
        Citation(
            key: "cui2023adainstruct",
            title: "Ada-Instruct: Adapting Instruction Generators for Complex Reasoning",
            authors: ["Cui, Wanyun", "Wang, Qianle"], year: 2023, arXiv: "2310.04484"),
        Citation(
            key: "lin2023urial",
            title: "The Unlocking Spell on Base LLMs: Rethinking Alignment via In-Context Learning",
            authors: [
                "Lin, Bill Yuchen", "Ravichander, Abhilasha", "Lu, Ximing", "Dziri, Nouha", "Sclar, Melanie",
                "Chandu, Khyathi", "Bhagavatula, Chandra", "Choi, Yejin",
            ], year: 2023, arXiv: "2312.01552"),
        Citation(
            key: "wang2023mathshepherd",
            title: "Math-Shepherd: Verify and Reinforce LLMs Step-by-step without Human Annotations",
            authors: [
                "Wang, Peiyi", "Li, Lei", "Shao, Zhihong", "Xu, R. X.", "Dai, Damai", "Li, Yifei", "Chen, Deli",
                "Wu, Y.", "Sui, Zhifang",
            ], year: 2023, arXiv: "2312.08935"),
        Citation(
            key: "liu2023deita",
            title: "What Makes Good Data for Alignment? A Comprehensive Study of Automatic Data Selection in "
                + "Instruction Tuning",
            authors: ["Liu, Wei", "Zeng, Weihao", "He, Keqing", "Jiang, Yong", "He, Junxian"], year: 2023,
            arXiv: "2312.15685"),
        Citation(
            key: "wang2023embeddings",
            title: "Improving Text Embeddings with Large Language Models",
            authors: [
                "Wang, Liang", "Yang, Nan", "Huang, Xiaolong", "Yang, Linjun", "Majumder, Rangan", "Wei, Furu",
            ], year: 2023, arXiv: "2401.00368"),
        Citation(
            key: "douze2024faiss",
            title: "The Faiss library",
            authors: [
                "Douze, Matthijs", "Guzhva, Alexandr", "Deng, Chengqi", "Johnson, Jeff", "Szilvasy, Gergely",
                "Mazaré, Pierre-Emmanuel", "Lomeli, Maria", "Hosseini, Lucas", "Jégou, Hervé",
            ], year: 2024, arXiv: "2401.08281"),
        Citation(
            key: "kim2024prometheus2",
            title: "Prometheus 2: An Open Source Language Model Specialized in Evaluating Other Language Models",
            authors: [
                "Kim, Seungone", "Suk, Juyoung", "Longpre, Shayne", "Lin, Bill Yuchen", "Shin, Jamin", "Welleck, Sean",
                "Neubig, Graham", "Lee, Moontae", "Lee, Kyungjae", "Seo, Minjoon",
            ], year: 2024, arXiv: "2405.01535"),
        Citation(
            key: "wang2024mixtureofagents",
            title: "Mixture-of-Agents Enhances Large Language Model Capabilities",
            authors: ["Wang, Junlin", "Wang, Jue", "Athiwaratkun, Ben", "Zhang, Ce", "Zou, James"], year: 2024,
            arXiv: "2406.04692"),
        Citation(
            key: "xu2024magpie",
            title: "Magpie: Alignment Data Synthesis from Scratch by Prompting Aligned LLMs with Nothing",
            authors: [
                "Xu, Zhangchen", "Jiang, Fengqing", "Niu, Luyao", "Deng, Yuntian", "Poovendran, Radha", "Choi, Yejin",
                "Lin, Bill Yuchen",
            ], year: 2024, arXiv: "2406.08464"),
        Citation(
            key: "liu2024apigen",
            title: "APIGen: Automated Pipeline for Generating Verifiable and Diverse Function-Calling Datasets",
            authors: [
                "Liu, Zuxin", "Hoang, Thai", "Zhang, Jianguo", "Zhu, Ming", "Lan, Tian", "Kokane, Shirley",
                "Tan, Juntao", "Yao, Weiran", "Liu, Zhiwei", "Feng, Yihao", "Murthy, Rithesh", "Yang, Liangwei",
                "Savarese, Silvio", "Niebles, Juan Carlos", "Wang, Huan", "Heinecke, Shelby", "Xiong, Caiming",
            ], year: 2024, arXiv: "2406.18518"),
        Citation(
            key: "doosterlinck2024clair",
            title: "Anchored Preference Optimization and Contrastive Revisions: Addressing Underspecification in "
                + "Alignment",
            authors: [
                "D'Oosterlinck, Karel", "Xu, Winnie", "Develder, Chris", "Demeester, Thomas", "Singh, Amanpreet",
                "Potts, Christopher", "Kiela, Douwe", "Mehri, Shikib",
            ], year: 2024, arXiv: "2408.06266"),
    ]
}
