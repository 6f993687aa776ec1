import CertCore
import GRDB

/// Answers ``AuditReader/changes(within:now:)``.
struct ChangeFinder {
    /// The most changes of one kind that are told.
    static let mostOfAKind = 100
    /// A count must move by this many standard deviations of chance to be told.
    static let deviations = 3.0

    let snapshot: Snapshot
    let span: RollupSpan
    let period: TallyRange
    let previous: TallyRange
    let now: Int64

    init(snapshot: Snapshot, now: Int64, length: Int64) {
        self.snapshot = snapshot
        self.now = now
        span = length >= 7 * RollupSpan.day.milliseconds ? .day : .hour
        let unit = span.milliseconds
        let end = now.floored(to: unit) + unit
        let start = (now - length).floored(to: unit)
        period = TallyRange(since: start, until: end)
        previous = TallyRange(since: start - (length.floored(to: unit)), until: start)
    }

    var db: Database { snapshot.db }
    private var start: Int64 { period.since ?? 0 }

    func report() throws -> ChangeReport {
        let before = try total(previous)
        let hasNoPast = before == 0
        let changes = hasNoPast ? [] : try self.changes()
        return ChangeReport(
            since: Timestamp(milliseconds: start),
            eventsBefore: before,
            events: try total(period),
            changes: changes,
            hasNoPast: hasNoPast
        )
    }

    private func total(_ range: TallyRange) throws -> Int64 {
        try Tallier(snapshot: snapshot, key: .outcome).rolled(range, slots: nil).reduce(0) { $0 + $1.count }
    }

    private func changes() throws -> [Change] {
        let all = try reasons() + services() + CertificateChanges(self).all() + AddressChanges(self).all()
        return all.sorted { left, right in
            (left.kind.weight, left.time?.milliseconds ?? 0, left.now)
                > (right.kind.weight, right.time?.milliseconds ?? 0, right.now)
        }
    }

    // MARK: Reasons

    private func reasons() throws -> [Change] {
        let groups = try RejectionCounter(snapshot: snapshot, filter: nil, range: period, now: now).histogram().groups
        return groups.compactMap { group in
            guard let key = group.key.reason else { return nil }
            let kind: Change.Kind
            if group.previousCount == 0 {
                kind = .newReason
            } else if isBeyondChance(before: group.previousCount, now: group.count) {
                kind = .rate
            } else {
                return nil
            }
            return Change(
                kind: kind,
                subject: .reason(key, group.title),
                before: group.previousCount,
                now: group.count,
                time: group.last
            )
        }
    }

    /// True when a count moved by more than chance explains (three standard deviations of a Poisson count), and by
    /// at least half.
    func isBeyondChance(before: Int64, now: Int64) -> Bool {
        let difference = Double(now - before)
        let sigma = Double(max(before, 1)).squareRoot()
        return difference.magnitude > Self.deviations * sigma && difference.magnitude * 2 >= Double(before)
    }

    // MARK: Services

    private func services() throws -> [Change] {
        let now = try serviceCounts(period)
        let before = try serviceCounts(previous)
        let assembler = EventAssembler(db)
        return try Set(now.keys).union(before.keys).compactMap { service in
            let new = now[service] ?? 0
            let old = before[service] ?? 0
            guard let kind = serviceKind(before: old, now: new) else { return nil }
            return Change(
                kind: kind,
                subject: .service(try assembler.name(service == 0 ? nil : service) ?? ""),
                before: old,
                now: new,
                time: nil
            )
        }
    }

    private func serviceKind(before: Int64, now: Int64) -> Change.Kind? {
        if before == 0 { return .newService }
        if now == 0 { return .silentService }
        return isBeyondChance(before: before, now: now) && max(before, now) >= 100 ? .rate : nil
    }

    private func serviceCounts(_ range: TallyRange) throws -> [Int64: Int64] {
        let unit = span.milliseconds
        var counts: [Int64: Int64] = [:]
        let rolled = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT service, sum(n) FROM roll WHERE span = ? AND bucket >= ? AND bucket < ? GROUP BY service"
            ),
            arguments: [span.rawValue, (range.since ?? 0) / unit, (range.until ?? 0) / unit]
        )
        let fresh = try Row.fetchAll(
            db.cachedStatement(
                sql: """
                    SELECT ifnull(c.service, 0), count(*) FROM event e NOT INDEXED
                    LEFT JOIN context c ON c.id = e.context WHERE e.id > ? AND e.ts >= ? AND e.ts < ? GROUP BY 1
                    """
            ),
            arguments: [try db.derivedUpTo(), range.since, range.until]
        )
        for row in rolled + fresh {
            guard let service = row[0] as Int64?, let count = row[1] as Int64? else { continue }
            counts[service, default: 0] += count
        }
        return counts
    }
}
