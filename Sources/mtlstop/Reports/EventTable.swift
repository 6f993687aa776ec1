import AuditEvents
import AuditStore
import CertCore
import SafeText

/// Events as a table for people.
enum EventTable {
    static let columns: [TextTable.Column] = [
        TextTable.Column(title: "TIME", least: 23),
        TextTable.Column(title: "RESULT", least: 6),
        TextTable.Column(title: "SUBJECT", least: 8, shrinks: true),
        TextTable.Column(title: "SERVICE", least: 4, shrinks: true),
        TextTable.Column(title: "CLIENT IP", least: 7, shrinks: true),
        TextTable.Column(title: "REQUEST", least: 4, shrinks: true),
        TextTable.Column(title: "WHY", least: 7, shrinks: true),
    ]

    /// The cells of an event.
    static func cells(_ row: EventRow) -> [SafeText] {
        [
            time(row.time),
            row.outcome == .authenticated ? (row.isFirstSeen ? "ok +" : "ok") : "REJ",
            row.certificate.map { SafeText($0.displayName ?? "(unnamed)") } ?? "(no certificate)",
            SafeText(row.service ?? row.reporter.application ?? "-"),
            SafeText(row.ip ?? "-"),
            SafeText([row.method, row.path].compactMap { $0 }.joined(separator: " ")),
            why(row),
        ]
    }

    /// A time as tables show it, in UTC.
    static func time(_ time: Timestamp) -> SafeText {
        SafeText(String(time.rfc3339.dropLast()).replacing("T", with: " "))
    }

    private static func why(_ row: EventRow) -> SafeText {
        guard row.outcome == .rejected else { return "" }
        let title = row.rejectionClass?.title ?? "rejected"
        guard let reason = row.reason, !reason.isEmpty, row.rejectionClass?.rawValue != reason else {
            return SafeText(title)
        }
        return SafeText("\(title) (\(reason))")
    }
}
