public import CertCore
import GRDB

extension AuditReader {
    /// Accepted and rejected in a range; exact to the millisecond.
    ///
    /// Without a filter it costs a few roll-up rows; with one the events of the range are looked through.
    ///
    /// - Parameters:
    ///   - since: the start, inclusive; nil for the beginning of the log.
    ///   - until: the end, exclusive; nil for its end.
    ///   - buckets: into about how many slots to cut the range, at most 2,000; 0 for none. The length of a slot is
    ///     rounded up to a whole number of seconds, minutes, hours or days.
    ///   - filter: which events.
    public func totals(
        since: Timestamp? = nil,
        until: Timestamp? = nil,
        buckets: Int = 0,
        filter: AuditFilter? = nil
    ) throws(StoreError) -> TrafficTotals {
        try read { snapshot in
            try TrafficCounter(snapshot: snapshot, filter: filter)
                .totals(TallyRange(since: since?.milliseconds, until: until?.milliseconds), buckets: buckets)
        }
    }
}

/// Answers ``AuditReader/totals(since:until:buckets:filter:)``.
private struct TrafficCounter {
    let snapshot: Snapshot
    let filter: AuditFilter?

    func totals(_ range: TallyRange, buckets: Int) throws -> TrafficTotals {
        let bounds = buckets > 0 ? try self.bounds(range) : nil
        let slots = bounds.map { TallySlots(covering: $0, count: min(buckets, 2000)) }
        let tallies = try self.tallies(range, slots)
        return TrafficTotals(
            accepted: tallies.lazy.filter { $0.key == 0 }.reduce(0) { $0 + $1.count },
            rejected: tallies.lazy.filter { $0.key != 0 }.reduce(0) { $0 + $1.count },
            buckets: Self.buckets(tallies, slots, bounds),
            newCertificates: try newCertificates(range)
        )
    }

    private func tallies(_ range: TallyRange, _ slots: TallySlots?) throws -> [Tally] {
        let tallier = Tallier(snapshot: snapshot, key: .outcome)
        guard let filter, !filter.isAll else {
            return try tallier.rolled(range, slots: slots, longest: slots?.width ?? .max)
        }
        var plan = try FilterCompiler(snapshot.db).plan(filter)
        plan.narrow(since: range.since, until: range.until)
        return try tallier.scanned(plan, slots: slots)
    }

    /// The range with open ends closed by what the log holds.
    private func bounds(_ range: TallyRange) throws -> Range<Int64>? {
        let db = snapshot.db
        guard
            let oldest = try Int64.fetchOne(db.cachedStatement(sql: "SELECT min(ts_min) FROM segment"))?.plausible(
                "ts_min"
            ),
            let newest = try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(ts_max) FROM segment"))?.plausible(
                "ts_max"
            )
        else {
            guard let since = range.since, let until = range.until, since < until else { return nil }
            return since..<until
        }
        let start = range.since ?? min(oldest, (range.until ?? newest) - 1)
        let end = range.until ?? max(newest + 1, start + 1)
        return start < end ? start..<end : nil
    }

    private static func buckets(_ tallies: [Tally], _ slots: TallySlots?, _ bounds: Range<Int64>?) -> [TrafficBucket] {
        guard let slots, let bounds else { return [] }
        let count = Int((bounds.upperBound - 1 - slots.origin) / slots.width) + 1
        var accepted = [Int64](repeating: 0, count: count)
        var rejected = accepted
        for tally in tallies where tally.slot >= 0 && tally.slot < Int64(count) {
            if tally.key == 0 {
                accepted[Int(tally.slot)] += tally.count
            } else {
                rejected[Int(tally.slot)] += tally.count
            }
        }
        return accepted.indices.map { index in
            TrafficBucket(
                start: Timestamp(milliseconds: slots.origin + Int64(index) * slots.width),
                accepted: accepted[index],
                rejected: rejected[index]
            )
        }
    }

    private func newCertificates(_ range: TallyRange) throws -> Int {
        if let filter, !filter.isAll {
            var plan = try FilterCompiler(snapshot.db).plan(filter.joined(with: .newOnly))
            plan.narrow(since: range.since, until: range.until)
            let tallies = try Tallier(snapshot: snapshot, key: .outcome).scanned(plan, slots: nil)
            return Int(tallies.reduce(0) { $0 + $1.count })
        }
        let statement = try snapshot.db.cachedStatement(
            sql: "SELECT count(*) FROM cert WHERE same_as IS NULL AND first_seen >= ? AND first_seen < ?"
        )
        return try Int.fetchOne(statement, arguments: [range.since ?? .min, range.until ?? .max]) ?? 0
    }
}

extension TallySlots {
    /// Slots of a length that people read easily, at most one more than asked for.
    ///
    /// A slot starts at a multiple of its length, so roll-up buckets never straddle two slots.
    init(covering range: Range<Int64>, count: Int) {
        let length = range.upperBound - range.lowerBound
        let wanted = max(1, (length + Int64(count) - 1) / Int64(count))
        width = Self.lengths.first { $0 >= wanted } ?? (wanted + 86_399_999).floored(to: 86_400_000)
        origin = range.lowerBound.floored(to: width)
    }

    private static let lengths: [Int64] = [
        1, 2, 5, 10, 20, 50, 100, 200, 500,
        1000, 2000, 5000, 10_000, 15_000, 30_000,
        60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000,
        3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000,
        86_400_000, 172_800_000, 604_800_000,
    ]
}
