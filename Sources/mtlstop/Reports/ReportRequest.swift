import AuditStore
import CertCore

/// What a report is to hold and who asks for it.
struct ReportRequest: Sendable {
    var format: ReportFormat
    var selection: FilterOptions.Selection
    /// When the report is made: the time certificates are judged by.
    var created: Timestamp
    /// The machine that makes it.
    var host: String
    /// Who makes it; nil when nobody said.
    var operatorName: String?
    /// True when texts of CSV go without the formula guard.
    var isRaw = false
    /// What the events of the report go without.
    var hidden: Set<HiddenField> = []
    /// The manifest of the report before this one.
    var previous: ReportManifest.Previous?
}
