import AuditEvents
import AuditStore
import CertCore
import SafeText
import Terminal

/// The columns of a list of events, by the room there is.
struct EventColumns {
    var times: TimeWriter
    var layout: Layout
    var signs = RowSigns()

    var columns: [ListColumn<EventRow>] {
        switch layout.kind {
        case .small, .numbers: smallColumns
        default: layout.isWide ? wideColumns : plainColumns
        }
    }

    private var smallColumns: [ListColumn<EventRow>] {
        [
            timeColumn, resultColumn,
            ListColumn("SUBJECT", 10, weight: 1, priority: 180) { Self.subject($0) },
            ListColumn("WHY", 12, weight: 2, priority: 170, role: Self.whyRole, text: Self.addressOrWhy),
        ]
    }

    private var plainColumns: [ListColumn<EventRow>] {
        [
            timeColumn, resultColumn, newColumn,
            ListColumn("SUBJECT", 16, weight: 1, maximum: 26, priority: 180) { Self.subject($0) },
            ListColumn("SOURCE", 7, weight: 1, maximum: 12, priority: 20) { Self.source($0) },
            ListColumn("CLIENT IP", 15, priority: 60) { SafeText($0.ip ?? "-") },
            ListColumn("PATH / WHY", 20, weight: 4, priority: 170, role: Self.whyRole, text: Self.requestOrWhy),
        ]
    }

    private var wideColumns: [ListColumn<EventRow>] {
        let columns = [
            timeColumn, resultColumn, newColumn,
            ListColumn("SUBJECT", 18, weight: 3, maximum: 32, priority: 180) { Self.subject($0) },
            ListColumn("ISSUER", 12, weight: 1, maximum: 24) { SafeText($0.certificate?.shownIssuer ?? "-") },
            ListColumn("SHA-256", 9) { SafeText($0.certificate?.shortFingerprint ?? "-") },
            ListColumn("SOURCE", 8, weight: 1, maximum: 16) { Self.source($0) },
            ListColumn("CLIENT IP", 15, weight: 1, maximum: 39) { SafeText($0.ip ?? "-") },
            ListColumn("METHOD", 6) { SafeText($0.method ?? "-") },
        ]
        guard layout.size.columns >= 150 else {
            let last = ListColumn("PATH / WHY", 23, weight: 4, role: Self.whyRole, text: Self.pathOrWhy)
            return columns + [last]
        }
        return columns + [
            ListColumn("PATH", 16, weight: 4) { SafeText($0.path ?? "-") },
            ListColumn("WHY", 22, weight: 2, role: Self.whyRole, text: Self.whyOnly),
        ]
    }

    // MARK: Single columns

    private var timeColumn: ListColumn<EventRow> {
        let times = times
        let isWide = layout.isWide
        return ListColumn("TIME", isWide ? 12 : 8, priority: 200) { times.column($0.time, milliseconds: isWide) }
    }

    private var resultColumn: ListColumn<EventRow> {
        ListColumn("RES", 3, priority: 190, role: Self.resultRole, text: { $0.outcome == .rejected ? "REJ" : "ok" })
    }

    private var newColumn: ListColumn<EventRow> {
        let signs = signs
        return ListColumn("", 1, priority: 30, role: { _ in .mark }, text: { signs.sign($0) })
    }

    private static func resultRole(_ row: EventRow) -> Role { row.outcome == .rejected ? .rejected : .ok }

    private static func whyRole(_ row: EventRow) -> Role { row.outcome == .rejected ? .rejected : .text }

    private static func addressOrWhy(_ row: EventRow) -> SafeText {
        row.outcome == .rejected ? RejectionWords.why(row) : SafeText(row.ip ?? "-")
    }

    private static func requestOrWhy(_ row: EventRow) -> SafeText {
        row.outcome == .rejected ? RejectionWords.why(row) : request(row)
    }

    private static func pathOrWhy(_ row: EventRow) -> SafeText {
        row.outcome == .rejected ? RejectionWords.why(row) : SafeText(row.path ?? "-")
    }

    private static func whyOnly(_ row: EventRow) -> SafeText {
        row.outcome == .rejected ? RejectionWords.why(row) : ""
    }

    // MARK: Words

    /// The certificate's name, or that there was none.
    static func subject(_ row: EventRow) -> SafeText {
        row.certificate.map { SafeText($0.shownName) } ?? "(no certificate)"
    }

    /// The application the event belongs to, else who reported it.
    static func source(_ row: EventRow) -> SafeText {
        if let name = row.service ?? row.reporter.application { return SafeText(name) }
        if let pid = row.reporter.pid { return "pid \(pid)" }
        return "session \(row.reporter.session)"
    }

    /// Method and path; a dash when the reporter named neither.
    static func request(_ row: EventRow) -> SafeText {
        let parts = [row.method, row.path].compactMap { $0 }.map { SafeText($0) }
        return parts.isEmpty ? "-" : parts.joined(separator: " ")
    }
}
