import AuditEvents
import AuditStore
import CertCore
import SafeText

/// Events as a table for people: seven columns where there is room, five where there is not.
struct EventTable {
    /// From this width on request and reason have a column each.
    static let wideFrom = 110

    let isWide: Bool

    /// - Parameter width: the width the table has to fit; nil for any.
    init(width: Int?) {
        isWide = width.map { $0 >= Self.wideFrom } ?? true
    }

    /// The columns for the width.
    var columns: [TextTable.Column] { isWide ? Self.wide : Self.narrow }

    private static let wide: [TextTable.Column] = [
        TextTable.Column(title: "TIME", least: 23),
        TextTable.Column(title: "RESULT", least: 6),
        TextTable.Column(title: "SUBJECT", least: 12, shrinks: true),
        TextTable.Column(title: "SERVICE", least: 7, shrinks: true),
        TextTable.Column(title: "CLIENT IP", least: 15, shrinks: true),
        TextTable.Column(title: "REQUEST", least: 12, shrinks: true),
        TextTable.Column(title: "WHY", least: 12, shrinks: true),
    ]

    private static let narrow: [TextTable.Column] = [
        TextTable.Column(title: "TIME", least: 14),
        TextTable.Column(title: "RES", least: 4),
        TextTable.Column(title: "SUBJECT", least: 8, shrinks: true),
        TextTable.Column(title: "CLIENT IP", least: 15, shrinks: true),
        TextTable.Column(title: "REQUEST / WHY", least: 8, shrinks: true),
    ]

    /// The cells of an event.
    func cells(_ row: EventRow) -> [SafeText] {
        let result: SafeText = row.outcome == .rejected ? "REJ" : row.isFirstSeen ? "ok +" : "ok"
        let subject = row.certificate.map { SafeText($0.displayName ?? "(unnamed)") } ?? "(no certificate)"
        let address = SafeText(row.ip ?? "-")
        let request = SafeText([row.method, row.path].compactMap { $0 }.joined(separator: " "))
        let why = Self.why(row)
        guard isWide else {
            return [Self.shortTime(row.time), result, subject, address, why.isEmpty ? request : why]
        }
        let service = SafeText(row.service ?? row.reporter.application ?? "-")
        return [Self.time(row.time), result, subject, service, address, request, why]
    }

    /// A time as tables show it, in UTC.
    static func time(_ time: Timestamp) -> SafeText {
        SafeText(String(time.rfc3339.dropLast()).replacing("T", with: " "))
    }

    /// Month, day and time to the second.
    private static func shortTime(_ time: Timestamp) -> SafeText {
        SafeText(String(time.rfc3339.dropFirst(5).prefix(14)).replacing("T", with: " "))
    }

    private static func why(_ row: EventRow) -> SafeText {
        guard row.outcome == .rejected else { return "" }
        guard let known = row.rejectionClass else { return SafeText(row.reason ?? "rejected") }
        let grouped = RejectionGroupKey(rejectionClass: known, reason: row.reason)
        // A thrown message says more than its group, which has its numbers taken out.
        return SafeText(grouped.title == known.title ? known.title : row.reason ?? known.title)
    }
}
