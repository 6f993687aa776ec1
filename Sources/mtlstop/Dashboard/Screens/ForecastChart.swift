import SafeText
import Terminal

/// How much of the traffic has stopped by when, as steps over time: for terminals with room for it.
enum ForecastChart {
    /// An end of validity, and how much has stopped by then.
    struct Step: Hashable, Sendable {
        /// Milliseconds until then.
        var remaining: Int64
        /// 0 to 1.
        var share: Double
    }

    /// Rows of the chart itself, above its axis.
    static let height = 4
    /// All its rows: title, chart, axis, labels.
    static let rows = height + 3
    /// Cells of the scale at the left.
    private static let scale = 7

    /// The chart in a width; empty where nothing stops or nothing fits.
    static func lines(_ steps: [Step], glyphs: GlyphSet, width: Int) -> [StyledLine] {
        let cells = min(100, width - scale - 8)
        guard let last = steps.last, last.remaining > 0, cells >= 20 else { return [] }
        let horizon = last.remaining + max(1, last.remaining / 10)
        let top = max(0.25, (steps.map(\.share).max() ?? 0).rounded(toQuarter: .up))
        let curve = (0..<cells).map { cell in share(at: horizon * Int64(cell + 1) / Int64(cells), steps) }
        var lines = [StyledLine(glyphs.cut("when traffic stops working, if nothing is renewed", to: width), .title)]
        for row in 0..<height {
            let level = top * (Double(height - row) - 0.5) / Double(height)
            let filled = curve.map { share -> SafeText in
                share >= level ? glyphs.bar(fraction: 1, width: 1) : " "
            }
            let mark = top * Double(height - row) / Double(height)
            let label: SafeText = "\(Figures.tenths(mark * 100))%"
            lines.append([Span("\(label.padded(to: scale - 1, .right))|", .dim), Span(filled.joined(), .bar)])
        }
        let rule = SafeText("").padded(to: scale - 1) + "+" + Array(repeating: SafeText("-"), count: cells).joined()
        lines.append(StyledLine(rule + "> time", .dim))
        lines.append(StyledLine(SafeText("").padded(to: scale) + labels(steps, horizon, cells), .dim))
        return lines
    }

    private static func share(at time: Int64, _ steps: [Step]) -> Double {
        steps.last { $0.remaining <= time }?.share ?? 0
    }

    /// The times of the steps below the axis, as many as fit side by side.
    private static func labels(_ steps: [Step], _ horizon: Int64, _ cells: Int) -> SafeText {
        var text: SafeText = ""
        for step in steps {
            let place = max(0, Int(Double(step.remaining) / Double(horizon) * Double(cells)))
            let label = TimeWriter.span(step.remaining)
            guard place >= text.width + (text.isEmpty ? 0 : 2), place + label.width <= cells + 6 else { continue }
            text = text.padded(to: place) + label
        }
        return text
    }
}

extension Double {
    /// The next quarter in a direction.
    fileprivate func rounded(toQuarter rule: FloatingPointRoundingRule) -> Double { (self * 4).rounded(rule) / 4 }
}
