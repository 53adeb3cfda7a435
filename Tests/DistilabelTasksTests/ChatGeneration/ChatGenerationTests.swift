import DistilabelModels
import DistilabelPipeline
import DistilabelTasks
import DistilabelTesting
import DistilabelValues
import Testing

struct ChatGenerationTests {
    private let task = ChatGeneration(llm: ScriptedLLM.defaults)

    @Test func asksTheConversationAsItIs() throws {
        let row: Row = ["messages": [["role": "system", "content": "S"], ["role": "user", "content": "U"]]]
        #expect(try task.prompt(for: row).messages == [.system("S"), .user("U")])
    }

    @Test(
        arguments: [
            ["messages": nil], ["messages": []], ["messages": "text"], ["messages": [["role": "user"]]],
            ["messages": [["role": "nobody", "content": "x"]]], ["messages": [["role": "assistant", "content": "x"]]],
        ] as [Row]) func failsOnWhatIsNoConversation(row: Row)
    {
        #expect(throws: RowFailure.self) { try task.prompt(for: row) }
    }
}
