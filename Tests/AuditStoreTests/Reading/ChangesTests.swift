import AuditStore
import CertCore
import Testing

@Suite("Changes against the period before")
struct ChangesTests {
    private let now = Timestamp(milliseconds: 1_795_442_537_000)
    private let hour: Int64 = 3_600_000

    private func at(_ hoursAgo: Int64) -> Timestamp { now.advanced(byMilliseconds: -hoursAgo * hour) }

    private func claim(
        _ name: String,
        _ number: UInt8,
        to: String = "Nov  1 00:00:00 2027 GMT",
        issuer: String = "ca"
    )
        -> String
    {
        LineDatabase.claim(name, number: number, from: "Jan  1 00:00:00 2026 GMT", to: to, issuer: issuer)
    }

    private func database(flushed: Bool) throws -> LineDatabase {
        let database = try LineDatabase(now: at(60))
        let ended = "Nov 20 00:00:00 2026 GMT"
        let billing = #""service":"billing""#
        try database.add("authenticated", at: at(40), billing, claim("old", 1, to: ended), #""ip":"10.0.0.1""#)
        try database.add("authenticated", at: at(39), billing, claim("gone", 2), #""ip":"10.0.0.2""#)
        try database.add("authenticated", at: at(38), #""service":"quiet""#, claim("mover", 3), #""ip":"10.0.0.3""#)
        if flushed { try database.flush() }
        let expired = #""reason":"socket_not_authorized","tls":{"authorizationError":"CERT_HAS_EXPIRED"}"#
        try database.add("rejected", at: at(9), billing, claim("old", 1, to: ended), expired, #""ip":"10.0.0.1""#)
        try database.add("authenticated", at: at(8), billing, claim("mover", 3), #""ip":"10.0.0.9""#)
        try database.add("authenticated", at: at(7), billing, claim("gone", 4), #""ip":"10.0.0.2""#)
        try database.add("rejected", at: at(6), billing, claim("alien", 5, issuer: "other"), expired)
        try database.add("authenticated", at: at(5), #""service":"fresh""#, claim("new", 6))
        return database
    }

    @Test("Each kind of change is told once, the weightiest first", arguments: [true, false])
    func kinds(_ flushed: Bool) throws {
        let database = try database(flushed: flushed)
        let report = try AuditReader(path: database.path).changes(within: 24 * hour, now: now)
        #expect(report.eventsBefore == 3 && report.events == 5 && !report.hasNoPast)
        let found = report.changes.map { "\($0.kind.rawValue) \(name($0)) \($0.before)>\($0.now)" }
        #expect(
            Set(found) == [
                "newReason certificate expired 0>2", "newIssuer CN=other 0>1", "newRejected alien 0>1",
                "expiredInUse old 1>1", "newAddress mover 10.0.0.9 1>1", "renewed gone 0>1", "gone gone 1>0",
                "newService fresh 0>1", "silentService quiet 1>0", "newAccepted new 0>1",
            ]
        )
        #expect(report.changes.map(\.kind.weight) == report.changes.map(\.kind.weight).sorted(by: >))
        #expect(found.count == Set(found).count)
    }

    private func name(_ change: Change) -> String {
        switch change.subject {
        case .certificate(let certificate): certificate.commonName ?? ""
        case .certificateAddress(let certificate, let address): "\(certificate.commonName ?? "") \(address)"
        case .reason(_, let title): title
        case .issuer(let name), .service(let name): name
        }
    }

    @Test("Without a past nothing is called new")
    func noPast() throws {
        let database = try LineDatabase(now: at(3))
        try database.add("authenticated", at: at(2), claim("a", 1))
        let report = try AuditReader(path: database.path).changes(within: 24 * hour, now: now)
        #expect(report.hasNoPast && report.changes.isEmpty && report.events == 1)
    }

    @Test("A count that moves by chance is no change, one that triples is")
    func rate() throws {
        let database = try LineDatabase(now: at(60))
        for index in 0..<130 { try database.add("authenticated", at: at(30), claim("a", 1), #""port":\#(index + 1)"#) }
        for index in 0..<120 { try database.add("authenticated", at: at(30), claim("b", 2), #""port":\#(index + 1)"#) }
        for index in 0..<140 { try database.add("authenticated", at: at(2), claim("a", 1), #""port":\#(index + 1)"#) }
        for index in 0..<300 { try database.add("authenticated", at: at(2), claim("b", 2), #""port":\#(index + 1)"#) }
        let report = try AuditReader(path: database.path).changes(within: 24 * hour, now: now)
        let certificates = report.changes.compactMap { change -> String? in
            if change.kind == .rate, case .certificate(let certificate) = change.subject {
                certificate.commonName
            } else {
                nil
            }
        }
        #expect(certificates == ["b"])
    }
}
