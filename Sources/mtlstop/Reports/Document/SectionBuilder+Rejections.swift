import AuditEvents
import AuditStore
import CertCore
import SafeText

extension SectionBuilder {
    /// Why clients were turned away.
    var reasons: ReportSection {
        let rejected = summary.totals.rejected
        var blocks: [ReportBlock] = []
        if !summary.reasons.isEmpty {
            let bars = summary.reasons.prefix(12).map { (name: SafeText($0.title), value: $0.count) }
            blocks.append(.chart(.bars(Array(bars), label: "Rejections by reason")))
        }
        let shown = summary.reasons.prefix(limits.rows)
        var rows = shown.map { reason in
            ReportTable.Row([
                .foreign(reason.title), .number(reason.count), .share(reason.count, of: rejected),
                .time(reason.times.upperBound), .words(SafeText(reason.explanation.meaning)),
                .words(SafeText(reason.explanation.action)),
            ])
        }
        let rest = summary.reasons.dropFirst(shown.count)
        if !rest.isEmpty {
            let count = rest.reduce(0) { $0 + $1.count }
            rows.append(
                .init([
                    .words("\(rest.count) others"), .number(count), .share(count, of: rejected), .none, .none, .none,
                ])
            )
        }
        if !rows.isEmpty {
            rows.append(
                .init(
                    [
                        .words("All rejections"), .number(rejected), .share(rejected, of: rejected), .none, .none,
                        .none,
                    ],
                    isTotal: true
                )
            )
        }
        let table = ReportTable(
            [
                .text("Reason"), .number("Rejections"), .number("Share"), .text("Last"), .text("What it means"),
                .text("What to do"),
            ],
            rows: rows,
            empty: "Nobody was turned away."
        )
        return ReportSection(
            id: "reasons",
            title: "By reason",
            lead: "Why clients were turned away, what that means, and who can mend it.",
            blocks: blocks + [.table(table)]
        )
    }

    /// Each rejection.
    var rejections: ReportSection {
        let rows = summary.rejections.suffix(limits.rejections).map { event in
            ReportTable.Row(
                [
                    .number(event.id), .time(event.time),
                    event.certificate.map { .certificate($0) } ?? .words("no certificate"),
                    .foreign(Self.origin(event)), .foreign(Self.request(event)), .foreign(event.service),
                    .foreign(event.reason ?? event.rejectionClass?.title),
                    .digits(event.code.map(\.name)),
                ],
                anchor: "event-\(event.id)"
            )
        }
        let all = Int(summary.totals.rejected)
        var cut = cut(rows.count, of: all, "rejections")
        if rows.count < all { cut = cut.map { "These are the newest. \($0)" } }
        return ReportSection(
            id: "rejections",
            title: "Rejected in detail",
            lead: "Invalid access attempts: who, when, from where, to what, and why not. Oldest first.",
            blocks: [
                .table(
                    ReportTable(
                        [
                            .number("Id"), .text("Time"), .text("Claimed identity"), .text("From"), .text("Request"),
                            .text("Service"), .text("Reason"), .text("Verify code"),
                        ],
                        rows: rows,
                        cut: cut,
                        empty: "Nobody was turned away."
                    )
                )
            ]
        )
    }

    private static func origin(_ event: EventRow) -> String? {
        guard let ip = event.ip else { return nil }
        guard let port = event.port else { return ip }
        return ip.contains(":") ? "[\(ip)]:\(port)" : "\(ip):\(port)"
    }

    private static func request(_ event: EventRow) -> String? {
        let parts = [event.method, event.path].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
