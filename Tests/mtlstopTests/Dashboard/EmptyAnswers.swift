import AuditStore

@testable import mtlstop

/// The answers of a database without a row.
enum EmptyAnswers {
    static func answer(_ question: Question) -> Answer {
        switch question {
        case .live: .live(EventWindow(rows: [], reachedNewest: true, reachedOldest: true))
        case .newer: .newer(NewerCount(count: 0, hasMore: false))
        case .totals: .totals(TrafficTotals(accepted: 0, rejected: 0))
        case .rejections:
            .rejections(RejectionHistogram(total: 0, previousTotal: 0, subjects: 0, addresses: 0, groups: []))
        case .parties: .parties([])
        case .partyEvents: .partyEvents(EventWindow(rows: [], reachedNewest: true, reachedOldest: true))
        case .certificates: .certificates([])
        case .certificate: .certificate(nil)
        case .event: .event(nil)
        case .surroundings: .surroundings(nil)
        case .expiring: .expiring([])
        case .expiringSoon: .expiringSoon(0)
        case .reporters: .reporters([])
        case .changes:
            .changes(
                ChangeReport(since: FixtureCast.now, eventsBefore: 0, events: 0, changes: [], hasNoPast: true)
            )
        case .sql: .sql(.found(SQLResult(columns: ["a"], rows: [], isCut: false, milliseconds: 1)))
        case .comparison: .comparison(Comparison(left: .missing, right: .missing))
        case .find: .found(FoundEvent())
        case .exportPreview: .exportPreview([])
        case .exportTotal: .exportTotal(0)
        case .news: .news(NewsSince(events: 0, rejected: 0, certificates: 0, reasons: 0))
        case .status: .status(StoreStatus())
        }
    }
}
