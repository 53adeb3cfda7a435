/// "; did you mean 'x'?" with the nearest of some names, or nothing when none is near.
func suggestion(for name: String, among names: some Sequence<String>) -> String {
    var best: (name: String, distance: Int)?
    for candidate in names.sorted() {
        let distance = editDistance(Array(name.utf8), Array(candidate.utf8))
        if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(1, name.utf8.count / 3) else { return "" }
    return "; did you mean '\(best.name)'?"
}

private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, b) in right.enumerated() {
            let substituted = diagonal + (a == b ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
        }
    }
    return row[right.count]
}
