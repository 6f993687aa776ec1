import AuditStore
import CertCore

/// Something a screen needs from the database; equal questions have equal answers until the data changes.
enum Question: Hashable, Sendable {
    case live(EventWindowQuestion)
    case newer(after: Int64, filter: AuditFilter?, range: TimeRange)
    case totals(range: TimeRange, filter: AuditFilter?)
    case rejections(
        range: TimeRange,
        filter: AuditFilter?,
        order: ListOrder = ListOrder(key: .count),
        grouping: RejectionGrouping = .reason
    )
    case parties(
        RejectionTrait,
        range: TimeRange,
        filter: AuditFilter?,
        order: ListOrder = ListOrder(key: .count)
    )
    case partyEvents(RejectionTrait, PartyName, range: TimeRange, filter: AuditFilter?)
    case certificates(ListOrder, filter: AuditFilter?, range: TimeRange)
    case certificate(String)
    case event(Int64)
    /// What happened around an event.
    case surroundings(Int64)
    case expiring(within: Int64, filter: AuditFilter?, order: ListOrder = ListOrder(key: .impact))
    case expiringSoon
    case reporters(order: ListOrder = ListOrder(key: .arrival))
    case changes(within: Int64)
    /// How many events an export would hold.
    case exportTotal(AuditFilter, range: TimeRange)
    /// The first lines of an export.
    case exportPreview(ExportPreview)
    /// The next event that holds a text.
    case find(FindQuestion, filter: AuditFilter?, range: TimeRange)
    /// What came since a time.
    case news(since: Timestamp)
    /// The rows of a statement that somebody typed.
    case sql(SQLQuestion)
    case comparison(ComparisonName)
    case status

    /// The place its answer is kept in: a newer question of the same slot replaces the older.
    var slot: Slot {
        switch self {
        case .live: .live
        case .newer: .newer
        case .totals: .totals
        case .rejections: .rejections
        case .parties: .parties
        case .partyEvents: .partyEvents
        case .certificates: .certificates
        case .certificate: .certificate
        case .event: .event
        case .surroundings: .surroundings
        case .expiring: .expiring
        case .expiringSoon: .expiringSoon
        case .reporters: .reporters
        case .changes: .changes
        case .exportTotal: .exportTotal
        case .exportPreview: .exportPreview
        case .find: .find
        case .news: .news
        case .sql: .sql
        case .comparison: .comparison
        case .status: .status
        }
    }

    /// The order a list is asked in.
    var order: ListOrder? {
        switch self {
        case .rejections(_, _, let order, _), .parties(_, _, _, let order), .expiring(_, _, let order): order
        case .certificates(let order, _, _), .reporters(let order): order
        default: nil
        }
    }

    /// Milliseconds that must pass before it is asked again because the data changed.
    ///
    /// Lists follow each commit the worker sees (five a second); sums are read at most once a second, and what
    /// moves in hours less often.
    var minimumInterval: Int64 {
        switch self {
        case .live, .newer, .status: 0
        // These are counted event by event.
        case .rejections(_, _, _, let grouping) where grouping != .reason: 5000
        case .parties(let trait, _, _, _) where trait.reason == nil: 5000
        case .totals, .rejections, .parties, .partyEvents, .reporters: 1000
        case .certificates, .certificate: 2000
        case .expiring, .changes, .exportTotal, .exportPreview, .news: 5000
        case .expiringSoon: 15_000
        case .event, .surroundings, .find, .sql, .comparison: .max
        }
    }
}

/// Where an answer is kept.
enum Slot: Hashable, Sendable, CaseIterable {
    case live
    case newer
    case totals
    case rejections
    case parties
    case partyEvents
    case certificates
    case certificate
    case event
    case surroundings
    case expiring
    case expiringSoon
    case reporters
    case changes
    case exportTotal
    case exportPreview
    case find
    case news
    case sql
    case comparison
    case status
}

/// Which rows of the stream a list needs.
struct EventWindowQuestion: Hashable, Sendable {
    var anchor: LiveAnchor
    var filter: AuditFilter?
    var range: TimeRange
    /// Rows wanted on each side of the anchor.
    var reach: Int
    /// No newer event than this one; set while the list is paused.
    var ceiling: Int64?
}
