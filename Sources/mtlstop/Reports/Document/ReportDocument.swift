import AuditStore
import CertCore
import SafeText

/// A report for people, before it is a page: sections of facts, tables and charts.
struct ReportDocument {
    /// A number to see first.
    struct Figure {
        var title: SafeText
        var value: SafeText
        var note: SafeText
        var mark: ReportCell.Mark
    }

    let title: SafeText = "Client certificate audit report"
    let subtitle: SafeText
    /// The short mark on every page.
    let mark: String
    let created: Timestamp
    let figures: [Figure]
    let sections: [ReportSection]
    /// Certificates that the appendix shows: links go to these.
    let listed: Set<Int64>

    init(_ summary: AuditSummary, _ manifest: ReportManifest, _ request: ReportRequest, database: String) {
        let builder = SectionBuilder(
            summary: summary,
            manifest: manifest,
            request: request,
            database: database,
            limits: .of(request.format)
        )
        subtitle = builder.periodText
        mark = manifest.mark
        created = request.created
        figures = builder.figures
        sections = builder.sections
        listed = Set(summary.certificates.prefix(builder.limits.certificates).map(\.certificate.id))
    }
}

/// How much of a long list a document shows.
struct ReportLimits: Equatable, Sendable {
    /// Rows of most tables.
    var rows: Int
    /// Rejections in detail.
    var rejections: Int
    /// Certificates of the appendix.
    var certificates: Int

    /// What fits a page that is printed, and a text that is read in a terminal or a ticket.
    static func of(_ format: ReportFormat) -> ReportLimits {
        format == .html
            ? ReportLimits(rows: 200, rejections: 500, certificates: 500)
            : ReportLimits(rows: 15, rejections: 20, certificates: 20)
    }
}
