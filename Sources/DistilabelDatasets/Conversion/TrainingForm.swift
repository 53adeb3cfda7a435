/// The forms of rows that trainers read.
public enum TrainingForm: String, Hashable, Sendable, CaseIterable {
    /// Preference pairs as TRL's `DPOTrainer` reads them: `prompt`, `chosen`, `rejected`.
    /// https://huggingface.co/docs/trl/dataset_formats
    case trl
    /// Conversations as TRL's `SFTTrainer` reads them: `messages`.
    case messages
    /// Single answers with a verdict as TRL's `KTOTrainer` reads them: `prompt`, `completion`, `label`.
    case kto
    /// `instruction`, `input`, `output`, as Stanford Alpaca has them.
    case alpaca
    /// `conversations` of `{from, value}`, as ShareGPT has them.
    case sharegpt

    /// The name under which the form is checked: `trl-dpo`, `trl-sft`, `trl-kto`, `alpaca`, `sharegpt`.
    public var trainerName: String {
        switch self {
        case .trl: "trl-dpo"
        case .messages: "trl-sft"
        case .kto: "trl-kto"
        case .alpaca, .sharegpt: rawValue
        }
    }

    /// The form of a name, either ``trainerName`` or that of the case; nil where there is none of it.
    public init?(name: String) {
        guard let form = Self.allCases.first(where: { $0.rawValue == name || $0.trainerName == name }) else {
            return nil
        }
        self = form
    }

    /// The form that some columns have; nil where they have none.
    public init?(columns: some Collection<String>) {
        let names = Set(columns)
        if names.isSuperset(of: ["chosen", "rejected"]) {
            self = .trl
        } else if names.isSuperset(of: ["prompt", "completion", "label"]) {
            self = .kto
        } else if names.contains("messages") || names.isSuperset(of: ["prompt", "completion"]) {
            self = .messages
        } else if names.contains("conversations") {
            self = .sharegpt
        } else if names.isSuperset(of: ["instruction", "output"]) {
            self = .alpaca
        } else if names.contains("text") {
            self = .messages
        } else {
            return nil
        }
    }

    /// Whether the form can be plain texts as well as conversations.
    public var canBePlain: Bool { self == .trl || self == .messages || self == .kto }

    /// The columns of the form.
    public func columns(isPlain: Bool = false) -> [String] {
        switch self {
        case .trl: ["prompt", "chosen", "rejected"]
        case .messages: isPlain ? ["prompt", "completion"] : ["messages"]
        case .kto: ["prompt", "completion", "label"]
        case .alpaca: ["instruction", "input", "output"]
        case .sharegpt: ["conversations"]
        }
    }
}
