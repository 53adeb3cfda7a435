import DistilabelTesting
import DistilabelValues
import Testing

struct JSONMutationTests {
    /// Documents that were broken at random: whatever is read of them must survive a round trip, and nothing may crash.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func neverCrashesOnBrokenDocuments(seed: UInt64) throws {
        var values = RandomValues(seed: seed)
        let document = Array(JSON.string(values.value(), pretty: seed.isMultiple(of: 2)).utf8)
        var random = SeededRandom(seed: seed ^ 0xABCD)
        let insertions = Array("{}[]\",:\\u0129eE+-.tfn \n".utf8) + [0, 0x80, 0xC3, 0xED, 0xFF]
        for _ in 0..<50 {
            var broken = document
            for _ in 0..<Int.random(in: 1...3, using: &random) where !broken.isEmpty {
                let position = Int.random(in: 0..<broken.count, using: &random)
                let byte = insertions[Int.random(in: 0..<insertions.count, using: &random)]
                switch Int.random(in: 0..<4, using: &random) {
                case 0: broken[position] = byte
                case 1: broken.insert(byte, at: position)
                case 2: broken.remove(at: position)
                default: broken.removeLast(broken.count - position)
                }
            }
            do {
                let value = try JSON.parse(broken)
                #expect(try JSON.parse(JSON.string(value)) == value)
            } catch {
                #expect(error.offset <= broken.count && error.line >= 1 && error.column >= 1)
            }
        }
    }
}
