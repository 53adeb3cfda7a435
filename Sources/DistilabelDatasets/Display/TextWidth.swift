/// How many columns of a terminal a text takes, roughly: wide East Asian characters and emoji two, marks that join
/// none.
enum TextWidth {
    static func of(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + of($1) } }

    static func of(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        if scalar.value < 0x300 { return 1 }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if properties.isEmojiPresentation || character.unicodeScalars.contains(where: { $0.value == 0xFE0F }) {
            return 2
        }
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default: return 1
        }
    }

    /// A text cut to a width, with `…` at the end where something was left out.
    static func cut(_ text: String, to width: Int) -> String {
        var used = 0
        var kept = ""
        for character in text {
            let next = of(character)
            // The mark needs a column of its own, unless this is all there is.
            if used + next > width - 1, of(text) > width { return width > 0 ? kept + "…" : "" }
            kept.append(character)
            used += next
        }
        return kept
    }

    /// A text on one line, without characters that would move the cursor or colour the terminal.
    static func clean(_ text: String) -> String {
        var cleaned = ""
        // Nothing beyond this is ever shown, however long the text is.
        for scalar in text.unicodeScalars.prefix(2000) {
            switch scalar {
            case "\n": cleaned += "⏎"
            case "\t": cleaned += " "
            case "\r": continue
            case _ where scalar.properties.generalCategory == .control: cleaned += "\u{FFFD}"
            default: cleaned.unicodeScalars.append(scalar)
            }
        }
        return cleaned
    }
}
