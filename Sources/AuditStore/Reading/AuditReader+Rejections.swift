public import CertCore
import GRDB

extension AuditReader {
    /// The rejections of a range, grouped: usually by class and, where that says too little, by reason.
    ///
    /// Reasons come from roll-ups; other groups are counted event by event, at most 500 of them are returned.
    ///
    /// - Parameters:
    ///   - grouping: what the rejections of one group share.
    ///   - since: the start, inclusive; nil for the beginning of the log.
    ///   - until: the end, exclusive; nil for now.
    ///   - filter: which events; rejections only in any case.
    ///   - now: the end of an open range.
    public func rejections(
        by grouping: RejectionGrouping = .reason,
        since: Timestamp? = nil,
        until: Timestamp? = nil,
        filter: AuditFilter? = nil,
        now: Timestamp
    ) throws(StoreError) -> RejectionHistogram {
        try read { snapshot in
            let range = TallyRange(since: since?.milliseconds, until: until?.milliseconds)
            return try RejectionCounter(
                snapshot: snapshot,
                filter: filter,
                range: range,
                now: now.milliseconds,
                grouping: grouping
            )
            .histogram()
        }
    }

    /// Who was rejected in a range, most often first: by certificate, and by address where there was none.
    ///
    /// - Parameters:
    ///   - key: only this group of rejections; nil for all.
    ///   - since: the start, inclusive; nil for the beginning of the log.
    ///   - until: the end, exclusive; nil for the end of the log.
    ///   - filter: which events.
    ///   - limit: the most parties to return.
    public func rejectedParties(
        _ key: RejectionGroupKey? = nil,
        since: Timestamp? = nil,
        until: Timestamp? = nil,
        filter: AuditFilter? = nil,
        limit: Int = 100
    ) throws(StoreError) -> [RejectedParty] {
        try read { snapshot in
            let range = TallyRange(since: since?.milliseconds, until: until?.milliseconds)
            return try RejectionParties(snapshot: snapshot, filter: filter, range: range, key: key).list(limit: limit)
        }
    }
}
