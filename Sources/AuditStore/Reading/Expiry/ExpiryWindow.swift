import GRDB

/// What certificates did in the running hour and the 24 before it.
struct ExpiryWindow {
    /// The use of one certificate in the window.
    struct Use {
        var accepted: Int64 = 0
        var rejected: Int64 = 0
    }

    /// The use by certificate.
    var uses: [Int64: Use]
    /// All accepted authentications of the window, with and without a certificate.
    let accepted: Int64
    /// The same hour by hour, oldest first.
    private let acceptedByHour: [Int64]
    /// The window.
    let range: TallyRange

    /// Reads the window that ends with a moment's hour.
    init(_ snapshot: Snapshot, now: Int64, _ aliases: CertificateAliases) throws {
        let hour = RollupSpan.hour.milliseconds
        let start = now.floored(to: hour) - 24 * hour
        range = TallyRange(since: start, until: now.floored(to: hour) + hour)
        let slots = TallySlots(origin: start, width: hour)
        var hours = [Int64](repeating: 0, count: 25)
        for tally in try Tallier(snapshot: snapshot, key: .outcome).rolled(range, slots: slots, longest: hour)
        where tally.key == 0 && hours.indices.contains(Int(tally.slot)) {
            hours[Int(tally.slot)] += tally.count
        }
        acceptedByHour = hours
        accepted = hours.reduce(0, +)
        uses = try Self.uses(snapshot, range, aliases)
    }

    /// What the use of a certificate is compared with: the traffic of ten of its lifetimes, at most the window.
    func traffic(forLifetime lifetime: Int64) -> Int64 {
        let hours = 10 * lifetime / RollupSpan.hour.milliseconds + 1
        return hours >= 25 ? accepted : acceptedByHour.suffix(Int(max(hours, 1))).reduce(0, +)
    }

    private static func uses(
        _ snapshot: Snapshot,
        _ range: TallyRange,
        _ aliases: CertificateAliases
    ) throws -> [Int64: Use] {
        let db = snapshot.db
        let hour = RollupSpan.hour.milliseconds
        var uses: [Int64: Use] = [:]
        let rolled = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT cert, sum(accepted), sum(rejected) FROM cert_use
                    WHERE span = \(RollupSpan.hour.rawValue) AND bucket >= ? AND bucket < ? GROUP BY cert
                    """
            ),
            arguments: [(range.since ?? 0) / hour, (range.until ?? 0) / hour]
        )
        while let row = try rolled.next() {
            uses[aliases.canonical(row[0]), default: Use()].add(row[1], row[2])
        }
        var plan = FilterPlan()
        plan.firstID = try db.derivedUpTo() + 1
        plan.narrow(since: range.since, until: range.until)
        for (id, total) in try CertificateTotals(snapshot).scanned(plan, aliases) {
            uses[id, default: Use()].add(total.accepted, total.rejected)
        }
        return uses
    }
}

extension ExpiryWindow.Use {
    fileprivate mutating func add(_ accepted: Int64, _ rejected: Int64) {
        self.accepted += accepted
        self.rejected += rejected
    }
}
