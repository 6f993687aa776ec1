import CertCore
import GRDB

/// Answers ``AuditReader/rejections(since:until:filter:now:)``.
struct RejectionCounter {
    /// The most groups of one histogram; its total counts the others too.
    static let mostGroups = 500
    /// How many slots a group's trend has.
    static let trendSlots = 16
    /// How many of the newest rejections are looked at for distinct certificates and addresses: about 50 ms.
    static let mostDistinct = 50_000

    let snapshot: Snapshot
    let filter: AuditFilter?
    let range: TallyRange
    let now: Int64
    var grouping = RejectionGrouping.reason

    /// The histogram.
    func histogram() throws -> RejectionHistogram {
        let slots = try trend()
        let current = try tallies(range, slots)
        let previous = try previousRange.map { try tallies($0, nil) } ?? []
        let assembler = EventAssembler(snapshot.db)
        let groups = try self.groups(current, previous, assembler)
        let distinct = try self.distinct()
        return RejectionHistogram(
            total: current.reduce(0) { $0 + $1.count },
            previousTotal: previous.reduce(0) { $0 + $1.count },
            subjects: distinct.certificates,
            addresses: distinct.addresses,
            countsAreLowerBounds: distinct.isPartial,
            groups: groups
        )
    }

    private var previousRange: TallyRange? {
        guard let since = range.since else { return nil }
        let length = (range.until ?? max(now, since)) - since
        return length > 0 ? TallyRange(since: since - length, until: since) : nil
    }

    /// 16 slots over the range; an open start is the log's first event.
    private func trend() throws -> TallySlots? {
        let oldest = try Int64.fetchOne(snapshot.db.cachedStatement(sql: "SELECT min(ts_min) FROM segment"))?.plausible(
            "ts_min"
        )
        guard let start = range.since ?? oldest else { return nil }
        let end = max(range.until ?? now, start + 1)
        let count = Int64(Self.trendSlots)
        return TallySlots(origin: start, width: max(1, (end - start + count - 1) / count))
    }

    private func tallies(_ range: TallyRange, _ slots: TallySlots?) throws -> [Tally] {
        let tallier = Tallier(snapshot: snapshot, key: grouping.tallyKey)
        guard let filter, !filter.isAll else {
            return try tallier.rolled(range, slots: slots, longest: slots?.width ?? .max)
        }
        return try tallier.scanned(plan(range), slots: slots)
    }

    private func plan(_ range: TallyRange) throws -> FilterPlan {
        var plan = try FilterCompiler(snapshot.db).plan(filter)
        plan.isRejectedOnly = true
        plan.narrow(since: range.since, until: range.until)
        return plan
    }

    private struct Sum {
        /// A key that it was counted with, to name the group by.
        var tallyKey: Int64 = 0
        var count: Int64 = 0
        var previous: Int64 = 0
        var lastID: Int64 = 0
        var trend = [Int](repeating: 0, count: RejectionCounter.trendSlots)
    }

    private func groups(
        _ current: [Tally],
        _ previous: [Tally],
        _ assembler: EventAssembler
    ) throws -> [RejectionGroup] {
        var sums: [RejectionTrait: Sum] = [:]
        for tally in current {
            let key = try assembler.trait(tally.key, of: grouping)
            sums[key, default: Sum()].tallyKey = tally.key
            sums[key, default: Sum()].count += tally.count
            sums[key, default: Sum()].lastID = max(sums[key]?.lastID ?? 0, tally.lastID)
            let slot = min(max(0, tally.slot), Int64(Self.trendSlots - 1))
            sums[key, default: Sum()].trend[Int(slot)] += Int(tally.count)
        }
        for tally in previous {
            sums[try assembler.trait(tally.key, of: grouping)]?.previous += tally.count
        }
        let largest = sums.sorted { ($0.value.count, $0.value.lastID) > ($1.value.count, $1.value.lastID) }
        let groups = try largest.prefix(Self.mostGroups).map { key, sum in
            RejectionGroup(
                key: key,
                title: try assembler.title(key, sum.tallyKey),
                count: sum.count,
                previousCount: sum.previous,
                last: Timestamp(milliseconds: try time(sum.lastID)),
                lastEvent: sum.lastID,
                trend: sum.trend
            )
        }
        return groups.sorted { ($0.count, $0.last, $1.title) > ($1.count, $1.last, $0.title) }
    }

    private func time(_ id: Int64) throws -> Int64 {
        let statement = try snapshot.db.cachedStatement(sql: "SELECT ts FROM event WHERE id = ?")
        return try Int64.fetchOne(statement, arguments: [id]) ?? 0
    }

    private func distinct() throws -> (certificates: Int, addresses: Int, isPartial: Bool) {
        guard let ids = try snapshot.db.eventIDs() else { return (0, 0, false) }
        let plan = try plan(range)
        var certificates: Set<Int64> = []
        var addresses: Set<Int64> = []
        var remaining = Self.mostDistinct
        let scan = EventScan(snapshot.db, plan: plan, order: .newestFirst)
        let statement = RejectedRows(plan, columns: "e.cert, e.ip", ending: "ORDER BY e.id DESC LIMIT ?")
        for range in try scan.ranges(from: ids.lowerBound, through: ids.upperBound) {
            try snapshot.checkpoint()
            let rows = try statement.fetch(snapshot.db, range, [.integer(Int64(remaining))])
            for row in rows {
                if let certificate = row[0] as Int64? { certificates.insert(certificate) }
                if let address = row[1] as Int64? { addresses.insert(address) }
            }
            remaining -= rows.count
            if remaining == 0 { return (certificates.count, addresses.count, true) }
        }
        return (certificates.count, addresses.count, false)
    }
}

extension EventAssembler.Verdict {
    /// The group the verdict falls into.
    var groupKey: RejectionGroupKey {
        RejectionGroupKey(rejectionClass: rejectionClass ?? .other, reason: reason)
    }
}

extension RejectionGroupKey {
    /// The group in people's words: the class, and the reason where it groups.
    package var title: String {
        switch reason {
        case nil, "callback_returned_false", "header_missing_or_malformed", "verification_header_mismatch":
            rejectionClass.title
        case let reason?: reason
        }
    }
}
