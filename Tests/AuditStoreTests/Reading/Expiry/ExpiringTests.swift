import AuditEvents
import AuditStore
import CertCore
import Testing

@Suite("Expiring certificates")
struct ExpiringTests {
    private let now: Timestamp

    init() throws {
        now = try #require(Timestamp(rfc3339: "2026-11-23T13:20:00Z"))
    }

    private func ago(_ hours: Int64) -> Timestamp { now.advanced(byMilliseconds: -hours * 3_600_000) }

    @Test("Expired in use comes first, then by level, then by impact; the dormant come last")
    func order() throws {
        let database = try LineDatabase(now: ago(24 * 30))
        let year = "Nov 23 00:00:00 2025 GMT"
        func claim(_ name: String, _ number: UInt8, to end: String, from start: String? = nil) -> String {
            LineDatabase.claim(name, number: number, from: start ?? year, to: end)
        }
        try database.add("authenticated", at: ago(24 * 20), claim("dormant", 1, to: "Nov 25 00:00:00 2026 GMT"))
        try database.add("authenticated", at: ago(24 * 3), claim("expired", 2, to: "Nov 22 00:00:00 2026 GMT"))
        try database.add("rejected", at: ago(24 * 2), claim("neverok", 3, to: "Nov 24 00:00:00 2026 GMT"))
        try database.flush()
        try database.add("rejected", at: ago(1), claim("expired", 2, to: "Nov 22 00:00:00 2026 GMT"))
        for _ in 0..<3 {
            try database.add("authenticated", at: ago(2), claim("busy", 4, to: "Nov 26 00:00:00 2026 GMT"))
        }
        try database.add("authenticated", at: ago(2), claim("quiet", 5, to: "Nov 25 00:00:00 2026 GMT"))
        try database.add("authenticated", at: ago(3), claim("today", 6, to: "Nov 24 00:00:00 2026 GMT"))
        try database.add("authenticated", at: ago(3), claim("fortnight", 7, to: "Dec  5 00:00:00 2026 GMT"))
        try database.add("authenticated", at: ago(3), claim("later", 8, to: "Mar  1 00:00:00 2027 GMT"))
        let reader = try AuditReader(path: database.path)
        let list = try reader.expiring(now: now)
        #expect(
            list.map { $0.certificate.commonName } == [
                "expired", "today", "busy", "quiet", "fortnight", "neverok", "dormant",
            ]
        )
        #expect(list.map(\.level) == [.expired, .imminent, .critical, .critical, .warning, .imminent, .critical])
        #expect(list.map(\.severity) == [2, 2, 2, 2, 1, 0, 0])
        #expect(list[0].isExpiredInUse && list[0].rejected24h == 1 && list[0].lastOutcome == .rejected)
        #expect(list[2].uses24h == 3 && abs(list[2].share - 3.0 / 7) < 1e-9)
        #expect(list.last?.isDormant == true)
        #expect(try reader.countExpiringInUse(now: now) == list.count { !$0.isDormant && $0.acceptedEver > 0 })
        try database.flush()
        #expect(try reader.expiring(now: now) == list, "roll-ups and scans agree")
    }

    @Test("A successor in use caps the level at notice and says how far the move is")
    func successor() throws {
        let database = try LineDatabase(now: ago(24 * 30))
        let old = LineDatabase.claim("svc", number: 1, from: "Nov 23 00:00:00 2025 GMT", to: "Nov 25 00:00:00 2026 GMT")
        let new = LineDatabase.claim("svc", number: 2, from: "Nov 20 00:00:00 2026 GMT", to: "Nov 20 00:00:00 2027 GMT")
        let other = LineDatabase.claim(
            "svc",
            number: 3,
            from: "Nov 20 00:00:00 2026 GMT",
            to: "Nov 20 00:00:00 2027 GMT",
            issuer: "other ca"
        )
        try database.add("authenticated", at: ago(5), old, #""req":{"ip":"10.0.0.1"}"#)
        try database.add("authenticated", at: ago(4), other)
        let reader = try AuditReader(path: database.path)
        let alone = try #require(try reader.expiring(now: now).first)
        #expect(alone.level == .critical && alone.successor == nil, "another issuer's certificate is no successor")
        for _ in 0..<3 { try database.add("authenticated", at: ago(3), new) }
        let moved = try #require(try reader.expiring(now: now).first)
        #expect(moved.certificate.id == alone.certificate.id)
        #expect(moved.level == .notice && moved.severity == 0)
        #expect(moved.successor?.commonName == "svc" && moved.successorShare == 0.75)
        #expect(moved.addresses == 1)
        #expect(moved.impact < alone.impact)
    }

    @Test("A certificate of the same identity whose end nobody told is no successor")
    func successorWithoutEnd() throws {
        let database = try LineDatabase(now: ago(24 * 30))
        let old = LineDatabase.claim("svc", number: 1, from: "Nov 23 00:00:00 2025 GMT", to: "Nov 25 00:00:00 2026 GMT")
        let silent = old.replacing(#""valid_to":"Nov 25 00:00:00 2026 GMT""#, with: #""ignored":1"#)
            .replacing("01", with: "02")
        try #require(silent != old && !silent.contains("valid_to"))
        try database.add("authenticated", at: ago(5), old)
        try database.add("authenticated", at: ago(4), silent)
        let list = try AuditReader(path: database.path).expiring(now: now)
        #expect(list.map(\.certificate.commonName) == ["svc"])
        #expect(list.first?.successor == nil)
    }

    @Test("Only certificates within the horizon are listed, and a filter narrows them")
    func horizon() throws {
        let sample = try SampleDatabase.small.get()
        let week: Int64 = 7 * 86_400_000
        let list = try sample.reader.expiring(within: week, now: sample.end)
        let known = Set(sample.rows.compactMap(\.certificate))
        let expected = known.filter { $0.notAfter.map { $0 - sample.end <= week } ?? false }
        #expect(Set(list.map(\.certificate)) == expected && !list.isEmpty)
        let filter = try AuditFilter(parsing: "cn:svc-*", now: sample.end)
        let narrowed = try sample.reader.expiring(within: week, now: sample.end, filter: filter)
        #expect(narrowed == list.filter { $0.certificate.commonName?.hasPrefix("svc-") == true })
    }
}
