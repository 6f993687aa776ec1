import AuditStore
import CertCore
import SafeText

/// Draws charts as SVG within the page: shapes and text, no script, colours from the page's style.
enum ChartRenderer {
    private static let width = 960

    /// Draws one chart with its caption.
    static func render(_ chart: ReportChart, into html: inout HTMLText) {
        switch chart {
        case .timeline(let chart): timeline(chart, &html)
        case .bars(let bars, let label): self.bars(bars, label, &html)
        case .forecast(let weeks, let label): forecast(weeks, label, &html)
        }
    }

    private static func begin(_ label: SafeText, height: Int, _ html: inout HTMLText) {
        html.element("<figure><figcaption>", label, "</figcaption>")
        html.markup("<svg role=\"img\" viewBox=\"0 0 ")
        html.number(width)
        html.markup(" ")
        html.number(height)
        html.element("\" aria-label=\"", label, "\">\n")
    }

    private static func end(_ html: inout HTMLText) { html.markup("</svg></figure>\n") }

    // MARK: Accepted and rejected

    private static func timeline(_ chart: TimelineChart, _ html: inout HTMLText) {
        let slot = SafeText(ReportWords.length(chart.slotLength))
        begin("Accepted and rejected over time, \(slot) a bar; each row has its own scale", height: 250, &html)
        let (left, right) = (92, width - 8)
        panel(chart, { $0.accepted }, "Accepted", "ok", Frame(left: left, right: right, top: 14, bottom: 134), &html)
        panel(chart, { $0.rejected }, "Rejected", "bad", Frame(left: left, right: right, top: 156, bottom: 222), &html)
        for (index, text) in chart.labels {
            let x = left + (right - left) * (2 * index + 1) / (2 * chart.buckets.count)
            label(SafeText(text), x: max(left + 20, x), y: 242, "m", &html)
        }
        end(&html)
    }

    /// A panel's place.
    private struct Frame {
        var left: Int
        var right: Int
        var top: Int
        var bottom: Int
    }

    private static func panel(
        _ chart: TimelineChart,
        _ value: (TrafficBucket) -> Int64,
        _ name: SafeText,
        _ role: SafeText,
        _ frame: Frame,
        _ html: inout HTMLText
    ) {
        let peak = max(1, chart.peak(value))
        label(name, x: 0, y: (frame.top + frame.bottom) / 2 + 4, "name", &html)
        label(SafeText(ReportWords.number(chart.peak(value))), x: frame.left - 8, y: frame.top + 9, "e", &html)
        label("0", x: frame.left - 8, y: frame.bottom, "e", &html)
        line(frame.left, frame.top, frame.right, frame.top, &html)
        line(frame.left, frame.bottom, frame.right, frame.bottom, &html)
        let count = chart.buckets.count
        let step = Double(frame.right - frame.left) / Double(count)
        for (index, bucket) in chart.buckets.enumerated() where value(bucket) > 0 {
            let height = max(1.5, Double(frame.bottom - frame.top) * Double(value(bucket)) / Double(peak))
            let tip = ReportWords.time(bucket.start) + ": " + ReportWords.number(value(bucket))
            bar(
                x: Double(frame.left) + Double(index) * step,
                y: Double(frame.bottom) - height,
                width: max(1, step - min(2, step / 4)),
                height: height,
                role,
                SafeText(tip),
                &html
            )
        }
    }

    // MARK: Reasons

    private static func bars(_ bars: [(name: SafeText, value: Int64)], _ label: SafeText, _ html: inout HTMLText) {
        begin(label, height: bars.count * 24 + 6, &html)
        let peak = Double(max(1, bars.map(\.value).max() ?? 1))
        for (index, entry) in bars.enumerated() {
            let y = index * 24
            self.label(entry.name.cut(to: 44), x: 300, y: y + 16, "name e", &html)
            let length = max(2, 560 * Double(entry.value) / peak)
            bar(x: 312, y: Double(y + 5), width: length, height: 14, "bad", entry.name, &html)
            self.label(SafeText(ReportWords.number(entry.value)), x: 320 + Int(length), y: y + 16, "", &html)
        }
        end(&html)
    }

    // MARK: Expiry

    private static func forecast(_ weeks: [Int], _ label: SafeText, _ html: inout HTMLText) {
        begin(label, height: 150, &html)
        let peak = Double(max(1, weeks.max() ?? 1))
        let step = Double(width) / Double(max(1, weeks.count))
        line(0, 124, width, 124, &html)
        for (index, count) in weeks.enumerated() {
            let x = Double(index) * step + 6
            let height = count == 0 ? 0 : max(2, 100 * Double(count) / peak)
            let role: SafeText = index < 4 ? "bad" : index < 9 ? "warn" : "ok"
            if count > 0 {
                bar(x: x, y: 124 - height, width: step - 12, height: height, role, "\(count)", &html)
                let top = Int(118 - height)
                self.label(SafeText(ReportWords.number(Int64(count))), x: Int(x + step / 2 - 6), y: top, "m", &html)
            }
            self.label("week \(index + 1)", x: Int(x + step / 2 - 6), y: 142, "m", &html)
        }
        end(&html)
    }

    // MARK: Shapes

    private static func bar(
        x: Double,
        y: Double,
        width: Double,
        height: Double,
        _ role: SafeText,
        _ tip: SafeText,
        _ html: inout HTMLText
    ) {
        html.element("<rect class=\"", role, "\" x=\"")
        decimal(x, &html)
        html.markup("\" y=\"")
        decimal(y, &html)
        html.markup("\" width=\"")
        decimal(width, &html)
        html.markup("\" height=\"")
        decimal(height, &html)
        html.element("\"><title>", tip, "</title></rect>\n")
    }

    private static func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ html: inout HTMLText) {
        html.markup("<line class=\"axis\" x1=\"")
        html.number(x1)
        html.markup("\" y1=\"")
        html.number(y1)
        html.markup("\" x2=\"")
        html.number(x2)
        html.markup("\" y2=\"")
        html.number(y2)
        html.markup("\"/>\n")
    }

    private static func label(_ text: SafeText, x: Int, y: Int, _ role: SafeText, _ html: inout HTMLText) {
        html.element("<text class=\"", role, "\" x=\"")
        html.number(x)
        html.markup("\" y=\"")
        html.number(y)
        html.element("\">", text, "</text>\n")
    }

    /// A coordinate with one digit after the point.
    private static func decimal(_ value: Double, _ html: inout HTMLText) {
        let tenths = Int((value * 10).rounded())
        html.number(tenths / 10)
        html.markup(".")
        html.number(abs(tenths % 10))
    }
}
