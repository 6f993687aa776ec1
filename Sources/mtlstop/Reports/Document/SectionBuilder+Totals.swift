import AuditStore
import CertCore
import SafeText

extension SectionBuilder {
    /// Totals that add up.
    var totals: ReportSection {
        let all = summary.totals
        let rows: [ReportTable.Row] = [
            .init([.words("Accepted"), .number(all.accepted), .share(all.accepted, of: all.events)]),
            .init([.words("Rejected"), .number(all.rejected), .share(all.rejected, of: all.events)]),
            .init([.words("All events"), .number(all.events), .share(all.events, of: all.events)], isTotal: true),
        ]
        var blocks: [ReportBlock] = [
            .table(ReportTable([.text("Outcome"), .number("Events"), .number("Share")], rows: rows))
        ]
        if let chart = TimelineChart(summary.timeline, slotLength: summary.slotLength) {
            blocks.append(.chart(.timeline(chart)))
        }
        blocks += [.heading("By service"), named(summary.services, "Service", none: "no service named")]
        blocks += [.heading("By source"), named(summary.sources, "Certificate obtained by", none: "not told")]
        return ReportSection(
            id: "totals",
            title: "Totals",
            lead: "Every event is accepted or rejected, and every table of this report adds up to these numbers.",
            blocks: blocks
        )
    }

    private func named(_ names: [AuditSummary.Named], _ title: SafeText, none: SafeText) -> ReportBlock {
        let shown = names.prefix(limits.rows)
        var rows = shown.map { entry in
            ReportTable.Row([entry.name.map { .foreign($0) } ?? .words(none)] + Self.counts(entry.count))
        }
        let rest = names.dropFirst(shown.count).reduce(into: AuditSummary.Count()) { $0 += $1.count }
        if shown.count < names.count {
            rows.append(.init([.words("\(names.count - shown.count) others")] + Self.counts(rest)))
        }
        rows.append(.init([.words("All events")] + Self.counts(summary.totals), isTotal: true))
        return .table(
            ReportTable([.text(title), .number("Accepted"), .number("Rejected"), .number("Events")], rows: rows)
        )
    }

    static func counts(_ count: AuditSummary.Count) -> [ReportCell] {
        [.number(count.accepted), .number(count.rejected), .number(count.events)]
    }

    /// Who it was.
    var identities: ReportSection {
        let shown = summary.identities.prefix(limits.rows)
        var rows = shown.map { entry in
            ReportTable.Row(
                [
                    .certificate(entry.certificate), .foreign(entry.certificate.issuerName),
                    .number(Int64(entry.certificates)),
                ] + Self.counts(entry.count) + [.time(entry.times.upperBound)]
            )
        }
        if shown.count < summary.identities.count {
            let rest = summary.identities.dropFirst(shown.count)
            let count = rest.reduce(into: AuditSummary.Count()) { $0 += $1.count }
            let certificates = rest.reduce(0) { $0 + $1.certificates }
            rows.append(
                .init(
                    [.words("\(number(Int64(rest.count))) others"), .none, .number(Int64(certificates))]
                        + Self.counts(count) + [.none]
                )
            )
        }
        if summary.anonymous.events > 0 {
            rows.append(
                .init([.words("no certificate"), .none, .number(0)] + Self.counts(summary.anonymous) + [.none])
            )
        }
        rows.append(
            .init(
                [.words("All events"), .none, .number(Int64(summary.certificates.count))]
                    + Self.counts(summary.totals) + [.none],
                isTotal: true
            )
        )
        return ReportSection(
            id: "identities",
            title: "By identity",
            lead: """
                An identity is a SPIFFE id, an e-mail address, a set of DNS names or a subject, of one issuer; a \
                renewed certificate counts on. Those of rejected certificates are claims.
                """,
            blocks: [
                .table(
                    ReportTable(
                        [
                            .text("Identity"), .text("Issuer"), .number("Certificates"), .number("Accepted"),
                            .number("Rejected"), .number("Events"), .text("Last seen"),
                        ],
                        rows: rows,
                        cut: cut(shown.count, of: summary.identities.count, "identities")
                    )
                )
            ]
        )
    }
}
