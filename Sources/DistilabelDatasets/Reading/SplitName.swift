/// What is known of the names of splits.
enum SplitName {
    /// The split that a word means, as the `datasets` library takes it: `dev` is `validation`; nil where it means none.
    static func known(_ word: some StringProtocol) -> String? {
        switch word.lowercased() {
        case "train", "training": "train"
        case "validation", "valid", "val", "dev": "validation"
        case "test", "testing", "eval", "evaluation": "test"
        default: nil
        }
    }

    /// `train` first, as everybody expects; the others in the order of their names.
    static func precedes(_ left: String, _ right: String) -> Bool {
        left == "train" && right != "train" || (right != "train" && left < right)
    }
}
