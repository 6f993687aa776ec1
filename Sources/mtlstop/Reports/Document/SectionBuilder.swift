import AuditStore
import CertCore
import SafeText

/// Makes the sections of a document out of a summary.
struct SectionBuilder {
    let summary: AuditSummary
    let manifest: ReportManifest
    let request: ReportRequest
    let database: String
    let limits: ReportLimits

    /// A credential that comes from so many addresses is called shared.
    static let sharedFrom = 5

    /// All sections in their order.
    var sections: [ReportSection] {
        [
            scope, completeness, totals, identities, reasons, rejections, firstSeen, outsideValidity, expiring,
            findings, shared, dormant, appendix, integrity, review,
        ]
    }

    /// The period in words.
    var periodText: SafeText {
        let start = manifest.since ?? summary.times?.lowerBound
        let end = manifest.until ?? summary.times?.upperBound
        guard let start, let end else { return "No events" }
        return SafeText(ReportWords.time(start) + " to " + ReportWords.time(end) + " UTC")
    }

    /// The numbers on the first page.
    var figures: [ReportDocument.Figure] {
        let totals = summary.totals
        let ending = expiringCertificates.filter { $0.days < 30 }.count
        return [
            .init(title: "Events", value: number(totals.events), note: "in the period and filter", mark: .plain),
            .init(
                title: "Accepted",
                value: number(totals.accepted),
                note: ReportCell.percent(totals.accepted, of: totals.events),
                mark: .good
            ),
            .init(
                title: "Rejected",
                value: number(totals.rejected),
                note: ReportCell.percent(totals.rejected, of: totals.events),
                mark: totals.rejected > 0 ? .bad : .plain
            ),
            .init(
                title: "Certificates",
                value: number(Int64(summary.certificates.count)),
                note: "\(number(Int64(summary.certificates.count(where: \.isFirstSeen)))) seen for the first time",
                mark: .plain
            ),
            .init(
                title: "Ending soon",
                value: number(Int64(ending)),
                note: "in use, within 30 days",
                mark: ending > 0 ? .warn : .plain
            ),
        ]
    }

    func number(_ value: Int64) -> SafeText { SafeText(ReportWords.number(value)) }

    /// The sentence under a table that leaves rows out.
    func cut(_ shown: Int, of all: Int, _ what: SafeText) -> SafeText? {
        guard shown < all else { return nil }
        return
            "Shown are \(number(Int64(shown))) of \(number(Int64(all))) \(what); all of them are in the data: --data csv, or the formats csv and ndjson with the same filter."
    }

    /// Rows for the first entries of a list, and the sentence about the rest.
    func table<Entry>(
        _ columns: [ReportTable.Column],
        _ entries: [Entry],
        _ what: SafeText,
        empty: SafeText,
        _ row: (Entry) -> ReportTable.Row
    ) -> ReportBlock {
        let shown = entries.prefix(limits.rows)
        return .table(
            ReportTable(columns, rows: shown.map(row), cut: cut(shown.count, of: entries.count, what), empty: empty)
        )
    }
}
