package import CertCore
import GRDB

extension AuditReader {
    /// Sums up the events of a filter and a period for a report; costs one walk through those events.
    ///
    /// - Parameters:
    ///   - filter: which events.
    ///   - since: the start, inclusive; nil for the beginning of the log.
    ///   - until: the end, exclusive; nil for its end.
    ///   - now: the time to judge certificates by.
    ///   - mostRejections: how many of the newest rejections to list.
    package func summary(
        filter: AuditFilter = .all,
        since: Timestamp? = nil,
        until: Timestamp? = nil,
        now: Timestamp,
        mostRejections: Int = 1000
    ) throws(StoreError) -> AuditSummary {
        try read { snapshot in
            let range = TallyRange(since: since?.milliseconds, until: until?.milliseconds)
            var plan = try FilterCompiler(snapshot.db).plan(filter)
            plan.narrow(since: range.since, until: range.until)
            let builder = SummaryBuilder(snapshot: snapshot, plan: plan, range: range, now: now)
            return try builder.summary(mostRejections: mostRejections)
        }
    }
}

/// Answers ``AuditReader/summary(filter:since:until:now:mostRejections:)``.
private struct SummaryBuilder {
    /// Into about how many slots the period is cut.
    static let slots = 60

    let snapshot: Snapshot
    let plan: FilterPlan
    let range: TallyRange
    let now: Timestamp

    func summary(mostRejections: Int) throws -> AuditSummary {
        let aliases = try CertificateAliases(snapshot.db)
        let slots = try bounds().map { TallySlots(covering: $0, count: Self.slots) }
        var tally = SummaryTally(
            aliases: aliases,
            slots: slots,
            certificates: try KnownValidity(snapshot.db),
            mostRejections: mostRejections
        )
        if let ids = try snapshot.db.eventIDs() {
            try NarrowEventScan(snapshot, plan: plan).each(in: ids) { try tally.add($0) }
        }
        var summary = AuditSummary(now: now)
        summary.completeness = try CompletenessReader(snapshot: snapshot, range: range).completeness()
        summary.completeness.silences = tally.silences.list
        let resolver = SummaryResolver(snapshot: snapshot, aliases: aliases, now: now)
        try resolver.resolve(tally, into: &summary)
        summary.timeline = tally.timeline
        summary.slotLength = slots?.width ?? 0
        summary.dormant = try resolver.dormant()
        return summary
    }

    /// The period with open ends closed by what the log holds.
    private func bounds() throws -> Range<Int64>? {
        let db = snapshot.db
        guard
            let oldest = try Int64.fetchOne(db.cachedStatement(sql: "SELECT min(ts_min) FROM segment"))?.plausible(
                "ts_min"
            ),
            let newest = try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(ts_max) FROM segment"))?.plausible(
                "ts_max"
            )
        else { return nil }
        let start = max(range.since ?? plan.since ?? oldest, oldest)
        let end = min(range.until ?? plan.until ?? .max, newest + 1)
        return start < end ? start..<end : nil
    }
}
