import AuditStore
import CertCore
import SafeText
import Terminal

/// What a dashboard remembers of itself until the next one: where it was, what it showed, when somebody last looked.
struct SavedSession: Hashable, Sendable {
    /// The database it was about; another one starts afresh.
    var database: String
    var view = ViewName.live
    var filter = ""
    var liveRange = TimeRange.all
    var rejectionRange = TimeRange.last(24 * 3_600_000)
    var certificateRange = TimeRange.all
    var expiringWithin: Int64 = 30 * 86_400_000
    var changesWithin: Int64 = 86_400_000
    /// By what Rejections groups.
    var grouping = RejectionGrouping.reason
    /// The orders of lists that were chosen.
    var orders: [ListName: ListOrder] = [:]
    /// The columns of lists that were chosen.
    var columns: [ListName: ColumnChoice] = [:]
    /// Options by their names.
    var options: [OptionName: String] = [:]
    /// When somebody last looked.
    var looked: Timestamp?
}

extension DashboardState {
    /// What is to be remembered of this moment.
    var session: SavedSession {
        SavedSession(
            database: databasePath,
            view: view,
            filter: filter.text,
            liveRange: liveRange,
            rejectionRange: rejectionRange,
            certificateRange: certificateRange,
            expiringWithin: expiringWithin,
            changesWithin: changesWithin,
            grouping: grouping,
            orders: orders,
            columns: columnChoices,
            options: Dictionary(uniqueKeysWithValues: OptionName.allCases.map { ($0, value(of: $0)) }),
            looked: now
        )
    }

    /// Goes on where a session ended; the filter and the view are the caller's.
    mutating func restore(_ session: SavedSession) {
        liveRange = session.liveRange
        rejectionRange = session.rejectionRange
        certificateRange = session.certificateRange
        if Self.expiringChoices.contains(session.expiringWithin) { expiringWithin = session.expiringWithin }
        if Self.changeChoices.contains(session.changesWithin) { changesWithin = session.changesWithin }
        grouping = session.grouping
        orders = session.orders.filter { $0.key.sortKeys.contains($0.value.key) }
        columnChoices = session.columns
        for (option, value) in session.options { _ = set(option, to: value) }
        if let looked = session.looked, looked < now { lastLook = looked }
    }
}
