import AuditStore
import CertCore
import SafeText

/// One cell of a document's table.
enum ReportCell {
    /// Nothing to say.
    case none
    /// Our own words.
    case words(SafeText)
    /// Text from outside; nil shows a dash.
    case foreign(String?)
    /// Text from outside to compare digit by digit: fingerprints, serial numbers.
    case digits(String?)
    /// A number.
    case number(Int64)
    /// A moment.
    case time(Timestamp)
    /// A day.
    case day(Timestamp)
    /// A certificate by its name, linked to the appendix.
    case certificate(CertificateSummary)
    /// A judgement.
    case mark(Mark, SafeText)

    /// How a judgement looks.
    enum Mark: String {
        case good, bad, warn, plain
    }

    static func time(_ time: Timestamp?) -> ReportCell { time.map { .time($0) } ?? .none }
    static func day(_ time: Timestamp?) -> ReportCell { time.map { .day($0) } ?? .none }

    /// A part of a whole in percent, to one digit.
    static func share(_ part: Int64, of whole: Int64) -> ReportCell {
        .words(percent(part, of: whole))
    }

    static func percent(_ part: Int64, of whole: Int64) -> SafeText {
        guard whole > 0 else { return "–" }
        let tenths = Int64((Double(part) / Double(whole) * 1000).rounded())
        if part > 0, tenths == 0 { return "< 0.1 %" }
        if part < whole, tenths == 1000 { return "> 99.9 %" }
        return "\(tenths / 10).\(tenths % 10) %"
    }
}

/// The words that numbers and times are written in.
enum ReportWords {
    /// A number with thin groups of three digits: `1,234,567`.
    static func number(_ value: Int64) -> String {
        let digits = String(value.magnitude)
        var result = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(",") }
            result.append(digit)
        }
        return result
    }

    /// `2026-11-23 13:00:00.123`.
    static func time(_ time: Timestamp) -> String {
        let text = time.rfc3339
        return text.prefix(10) + " " + text.dropFirst(11).prefix(12)
    }

    /// `2026-11-23`.
    static func day(_ time: Timestamp) -> String { String(time.rfc3339.prefix(10)) }

    /// A length in the largest unit that fits, with one below it: `3 d 4 h`.
    static func length(_ milliseconds: Int64) -> String {
        let seconds = milliseconds / 1000
        switch seconds {
        case ..<1: return "\(milliseconds) ms"
        case ..<60: return "\(seconds) s"
        case ..<3600: return seconds % 60 == 0 ? "\(seconds / 60) min" : "\(seconds / 60) min \(seconds % 60) s"
        case ..<86_400: return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        default: return "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
        }
    }
}
