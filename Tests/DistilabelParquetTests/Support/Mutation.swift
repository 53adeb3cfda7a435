import DistilabelValues

/// The bytes with a few changes, half of them near the end.
func mutated(_ bytes: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var changed = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
        // Half of the changes hit the footer, where the claims are.
        let low = Bool.random(using: &random) ? max(0, changed.count - 400) : 0
        guard low < changed.count else { return changed }
        let place = Int.random(in: low..<changed.count, using: &random)
        switch Int.random(in: 0...5, using: &random) {
        case 0: changed[place] = UInt8.random(in: 0...255, using: &random)
        case 1: changed[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case 2: changed[place] = 0xFF
        case 3: changed[place] = 0
        case 4: changed.remove(at: place)
        default: changed.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
    }
    return changed
}
