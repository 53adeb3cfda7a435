/// The prompt of `SelfInstruct`.
enum SelfInstructPrompt {
    /// What instructions should be like, unless the user says otherwise.
    static let criteria = """
        - Make them differ from each other: in what they ask for, in their verbs and in how they are put.
        - Mix questions with requests.
        - Each must make sense on its own, and be answerable in words alone.
        - Keep each to one or two sentences.
        """

    /// Asks for instructions about a topic.
    ///
    /// - Parameters:
    ///   - topic: What they are to be about.
    ///   - count: How many.
    ///   - application: Who will have to answer them.
    ///   - criteria: What they should be like.
    ///   - isJSON: Whether they are to come as JSON instead of lines.
    static func text(topic: String, count: Int, application: String, criteria: String, isJSON: Bool) -> String {
        let form =
            isJSON
            ? "Answer with a JSON object {\"instructions\": [\"text\", \"text\"]} that holds the \(count) texts about \(topic), and nothing else."
            : "Answer with \(count) lines about \(topic): one text a line, without numbers or bullets, and nothing else."
        return """
            Write \(count) different questions or requests about this topic: \(topic)

            People will put them to this application: \(application)

            \(criteria)

            \(form)
            """
    }
}
