/// Plots as SVG that takes its colours from the page.
enum SVGPlot {
    private static let plotWidth = 420.0
    private static let plotHeight = 150.0

    /// A histogram: a bar a bin, the bounds below, the counts as tips.
    static func histogram(_ distribution: Distribution, title: String) -> String {
        let bins = distribution.histogram
        guard let most = bins.map(\.count).max(), most > 0 else { return "" }
        let (left, top, bottom, right) = (44.0, 10.0, 28.0, 8.0)
        let width = plotWidth - left - right
        let height = plotHeight - top - bottom
        let step = width / Double(bins.count)
        var svg = open(plotWidth, plotHeight, title: title)
        for part in [0.5, 1.0] {
            let y = top + height * (1 - part)
            svg += "<line class=\"grid\" x1=\"\(n(left))\" x2=\"\(n(left + width))\" y1=\"\(n(y))\" y2=\"\(n(y))\"/>"
        }
        svg += text(NumberText.whole(most), x: left - 6, y: top + 4, anchor: "end")
        svg += text("0", x: left - 6, y: top + height + 4, anchor: "end")
        let isSingle = bins.allSatisfy { $0.lower == $0.upper }
        // As many labels as have room.
        let stride = max(1, Int((58 / step).rounded(.up)))
        for (index, bin) in bins.enumerated() {
            let x = left + Double(index) * step
            let size = bin.count > 0 ? max(1, height * Double(bin.count) / Double(most)) : 0
            // Single numbers stand apart, and are no wider than they need be; ranges touch nearly.
            let gap = isSingle ? max(step * 0.2, step - 64) : min(1.5, step * 0.2)
            let tip =
                "\(NumberText.range(bin)): \(NumberText.whole(bin.count)) (\(NumberText.share(bin.count, of: distribution.count)))"
            svg +=
                "<rect class=\"bar\(bin.isTail ? " tail" : "")\" x=\"\(n(x + gap / 2))\" y=\"\(n(top + height - size))\" "
                + "width=\"\(n(max(1, step - gap)))\" height=\"\(n(size))\"><title>\(HTMLText.escaped(tip))</title></rect>"
            guard index % stride == 0 else { continue }
            let label = bin.isTail ? NumberText.range(bin) : NumberText.decimal(bin.lower)
            let place = isSingle ? x + step / 2 : x
            svg += text(label, x: place, y: plotHeight - 10, anchor: "middle")
        }
        svg +=
            "<line class=\"axis\" x1=\"\(n(left))\" x2=\"\(n(left + width))\" y1=\"\(n(top + height))\" y2=\"\(n(top + height))\"/>"
        return svg + "</svg>"
    }

    /// A part of a bar.
    struct Part {
        var value: Double
        var kind: String
        var tip: String
    }

    /// Horizontal bars with a label before and a note behind; each bar may have parts.
    static func bars(_ entries: [(label: String, parts: [Part], note: String)], full: Double, title: String) -> String {
        let width = 860.0
        let line = 26.0
        let (labelWidth, noteWidth) = (250.0, 210.0)
        let room = width - labelWidth - noteWidth - 20
        var svg = open(width, line * Double(entries.count) + 6, title: title)
        for (index, entry) in entries.enumerated() {
            let y = 3 + line * Double(index)
            let label = TextWidth.cut(TextWidth.clean(entry.label), to: 38)
            svg +=
                "<g><title>\(HTMLText.escaped(TextWidth.cut(TextWidth.clean(entry.label), to: 300)))</title>"
                + text(label, x: labelWidth, y: y + 16, anchor: "end", kind: "label") + "</g>"
            svg +=
                "<rect class=\"track\" x=\"\(n(labelWidth + 10))\" y=\"\(n(y + 4))\" width=\"\(n(room))\" height=\"16\" rx=\"3\"/>"
            var x = labelWidth + 10
            for part in entry.parts where part.value > 0 && full > 0 {
                let size = max(1, room * min(1, part.value / full))
                svg +=
                    "<rect class=\"bar \(part.kind)\" x=\"\(n(x))\" y=\"\(n(y + 4))\" width=\"\(n(size))\" height=\"16\">"
                    + "<title>\(HTMLText.escaped(part.tip))</title></rect>"
                x += size
            }
            svg += text(entry.note, x: labelWidth + room + 20, y: y + 16, anchor: "start")
        }
        return svg + "</svg>"
    }

    private static func open(_ width: Double, _ height: Double, title: String) -> String {
        "<svg viewBox=\"0 0 \(n(width)) \(n(height))\" role=\"img\" aria-label=\"\(HTMLText.escaped(title))\">"
    }

    private static func text(_ text: String, x: Double, y: Double, anchor: String, kind: String? = nil) -> String {
        "<text\(kind.map { " class=\"\($0)\"" } ?? "") x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor)\">\(HTMLText.escaped(text))</text>"
    }

    /// A coordinate.
    private static func n(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
    }
}
