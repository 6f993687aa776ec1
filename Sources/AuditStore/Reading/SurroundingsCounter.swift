import CertCore
import GRDB

/// Answers ``AuditReader/surroundings(ofEvent:)``.
struct SurroundingsCounter {
    /// Events looked at: about 30 ms.
    static let window: Int64 = 50_000
    /// The most certificates of one identity that are told.
    static let mostSiblings = 8
    /// The most names of one kind that are told.
    static let mostNames = 6

    let snapshot: Snapshot
    let subject: Subject

    /// The event in question, by row numbers.
    struct Subject {
        var id: Int64
        var certificate: Int64?
        var issuer: String?
        var address: Int64?
        var service: Int64?
        var group: RejectionGroupKey?

        /// Reads the event; nil when there is none with this id.
        init?(_ snapshot: Snapshot, id: Int64) throws {
            let statement = try snapshot.db.cachedStatement(
                sql: """
                    SELECT ifnull(k.same_as, k.id), k.issuer, e.ip, c.service, e.verdict
                    FROM event e LEFT JOIN context c ON c.id = e.context LEFT JOIN cert k ON k.id = e.cert
                    WHERE e.id = ?
                    """
            )
            guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
            self.id = id
            certificate = row[0]
            issuer = row[1]
            address = row[2]
            service = row[3]
            guard let verdict = row[4] as Int64? else { return }
            let found = try EventAssembler(snapshot.db).verdict(verdict)
            group = found.isRejected ? found.groupKey : nil
        }
    }

    /// Some events that share everything that is counted here.
    private struct Bundle {
        var certificate: Int64?
        var issuer: String?
        var address: Int64?
        var service: Int64?
        var verdict: Int64
        var count: Int64
        var firstID: Int64
        var first: Int64
        var last: Int64
    }

    func surroundings() throws -> EventSurroundings {
        let assembler = EventAssembler(snapshot.db)
        let bundles = try self.bundles()
        var result = EventSurroundings()
        result.looked = bundles.reduce(0) { $0 + $1.count }
        result.since = bundles.map(\.first).min().map { Timestamp(milliseconds: $0) }
        var addresses: [Int64: Set<Int64>] = [:]
        var services = Services()
        for bundle in bundles {
            let isRejected = try assembler.verdict(bundle.verdict).isRejected
            count(bundle, isRejected, &result)
            if !isRejected { note(bundle, &services, &result) }
            if let certificate = bundle.certificate, let address = bundle.address {
                addresses[certificate, default: []].insert(address)
            }
        }
        try tellReason(bundles, assembler, &result)
        result.acceptedAt = try names(services.ofCertificate, assembler)
        result.issuerAcceptedAt = try names(services.ofIssuer.subtracting([subject.service ?? -1]), assembler)
        result.siblings = try siblings(addresses, assembler)
        return result
    }

    private struct Services {
        var ofCertificate: Set<Int64> = []
        var ofIssuer: Set<Int64> = []
    }

    private func bundles() throws -> [Bundle] {
        try snapshot.checkpoint()
        let statement = try snapshot.db.cachedStatement(
            sql: """
                SELECT ifnull(k.same_as, k.id), k.issuer, e.ip, c.service, e.verdict,
                    count(*), min(e.id), min(e.ts), max(e.ts)
                FROM event e NOT INDEXED LEFT JOIN context c ON c.id = e.context LEFT JOIN cert k ON k.id = e.cert
                WHERE e.id > ? AND e.id <= ? GROUP BY 1, 3, 4, 5
                """
        )
        let rows = try Row.fetchAll(statement, arguments: [subject.id - Self.window, subject.id])
        return rows.compactMap { row in
            guard let verdict = row[4] as Int64?, let firstID = row[6] as Int64?, let first = row[7] as Int64?,
                let last = row[8] as Int64?
            else { return nil }
            return Bundle(
                certificate: row[0],
                issuer: row[1],
                address: row[2],
                service: row[3],
                verdict: verdict,
                count: row[5] ?? 0,
                firstID: firstID,
                first: first,
                last: last
            )
        }
    }

    private func count(_ bundle: Bundle, _ isRejected: Bool, _ result: inout EventSurroundings) {
        if bundle.address != nil, bundle.address == subject.address {
            result.address.add(bundle.count, isRejected)
        }
        guard bundle.service == subject.service else { return }
        result.service.add(bundle.count, isRejected)
        if let issuer = subject.issuer, bundle.issuer == issuer { result.issuerHere.add(bundle.count, isRejected) }
    }

    /// Notes where accepted events of the same certificate and the same issuer happened.
    private func note(_ bundle: Bundle, _ services: inout Services, _ result: inout EventSurroundings) {
        if let issuer = subject.issuer, bundle.issuer == issuer, let service = bundle.service {
            services.ofIssuer.insert(service)
        }
        guard let certificate = subject.certificate, bundle.certificate == certificate else { return }
        if let service = bundle.service { services.ofCertificate.insert(service) }
        let last = Timestamp(milliseconds: bundle.last)
        result.lastAccepted = max(result.lastAccepted ?? last, last)
    }

    // MARK: The same reason

    private func tellReason(
        _ bundles: [Bundle],
        _ assembler: EventAssembler,
        _ result: inout EventSurroundings
    ) throws {
        guard let group = subject.group else { return }
        let same = try bundles.filter { bundle in
            let verdict = try assembler.verdict(bundle.verdict)
            return bundle.service == subject.service && verdict.isRejected && verdict.groupKey == group
        }
        guard let firstID = same.map(\.firstID).min() else { return }
        result.sameReason.count = same.reduce(0) { $0 + $1.count }
        result.sameReason.first = same.map(\.first).min().map { Timestamp(milliseconds: $0) }
        result.sameReason.addresses = Set(same.compactMap(\.address)).count
        result.sameReason.certificates = Set(same.compactMap(\.certificate)).count
        result.sameReason.since = try outcomes(from: firstID)
    }

    /// What the service did from an event up to the one in question.
    private func outcomes(from first: Int64) throws -> EventSurroundings.Outcomes {
        let statement = try snapshot.db.cachedStatement(
            sql: """
                SELECT sum(e.outcome = 0), sum(e.outcome <> 0) FROM event e NOT INDEXED
                LEFT JOIN context c ON c.id = e.context
                WHERE e.id BETWEEN ? AND ? AND c.service IS ?
                """
        )
        let row = try Row.fetchOne(statement, arguments: [first, subject.id, subject.service])
        return EventSurroundings.Outcomes(accepted: row?[0] ?? 0, rejected: row?[1] ?? 0)
    }

    // MARK: Names

    private func names(_ ids: Set<Int64>, _ assembler: EventAssembler) throws -> [String] {
        Array(try ids.compactMap { try assembler.name($0) }.sorted().prefix(Self.mostNames))
    }

    private func siblings(
        _ addresses: [Int64: Set<Int64>],
        _ assembler: EventAssembler
    ) throws -> [EventSurroundings.Sibling] {
        guard let certificate = subject.certificate else { return [] }
        let statement = try snapshot.db.cachedStatement(
            sql: """
                SELECT k.id FROM cert k WHERE k.identity_key = (SELECT identity_key FROM cert WHERE id = ?)
                AND k.id <> ? AND k.same_as IS NULL ORDER BY k.not_after DESC, k.id DESC LIMIT ?
                """
        )
        let ids = try Int64.fetchAll(statement, arguments: [certificate, certificate, Self.mostSiblings])
        let totals = try CertificateTotals(snapshot).all(of: Set(ids), CertificateAliases(snapshot.db))
        return try ids.compactMap { id in
            guard let total = totals[id] else { return nil }
            return EventSurroundings.Sibling(
                certificate: try assembler.summary(id),
                accepted: total.accepted,
                rejected: total.rejected,
                lastAccepted: total.lastAccepted.map { Timestamp(milliseconds: $0) },
                addresses: try names(addresses[id] ?? [], assembler)
            )
        }
    }
}

extension EventSurroundings.Outcomes {
    fileprivate mutating func add(_ count: Int64, _ isRejected: Bool) {
        if isRejected { rejected += count } else { accepted += count }
    }
}
