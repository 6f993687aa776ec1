import AuditEvents
import AuditStore
import CertCore
import Testing

@Suite("Renewals and issuers in the expiry list")
struct RenewalTests {
    private let now: Timestamp

    init() throws {
        now = try #require(Timestamp(rfc3339: "2026-11-23T13:20:00Z"))
    }

    private func ago(_ hours: Int64) -> Timestamp { now.advanced(byMilliseconds: -hours * 3_600_000) }

    @Test("A renewal that added a name, or kept only the key, is a successor; a namesake with neither is none")
    func changedIdentity() throws {
        let database = try LineDatabase(now: ago(24 * 30))
        for name in ["name-old", "key-old", "key-other"] {
            try database.add("authenticated", at: ago(5), try ExpiryFixture.member(name))
        }
        let reader = try AuditReader(path: database.path)
        let before = try reader.expiring(now: now)
        #expect(Set(before.map(\.certificate.commonName)) == ["api", "worker"])
        #expect(before.allSatisfy { $0.successor == nil && $0.level == .critical })
        for name in ["name-added", "key-kept"] {
            try database.add("authenticated", at: ago(1), try ExpiryFixture.member(name))
        }
        let after = try reader.expiring(now: now)
        #expect(after.allSatisfy { $0.level == .notice && $0.successorShare == 0.5 })
        let names = after.compactMap { $0.successor?.subjectAlternativeNames }
        #expect(Set(names.map { $0.joined(separator: " ") }) == ["DNS:api.example DNS:api2.example", "DNS:b.example"])
    }

    @Test("Who still uses a certificate that is about to end, although it was renewed, is named")
    func stragglers() throws {
        let database = try LineDatabase(now: ago(24 * 30))
        for number in 1...9 {
            try database.add(
                "authenticated",
                at: ago(2),
                try ExpiryFixture.member("name-old"),
                #""req":{"ip":"10.0.0.\#(number)"}"#
            )
        }
        let reader = try AuditReader(path: database.path)
        #expect(try reader.expiring(now: now).first?.stragglers == [])
        try database.add("authenticated", at: ago(1), try ExpiryFixture.member("name-added"))
        let entry = try #require(try reader.expiring(now: now).first)
        #expect(entry.stragglers == (1...8).map { "10.0.0.\($0)" })
        #expect(entry.addresses == 9 && entry.addressesAreExact)
        let hurried = try #require(try reader.expiring(now: now, addressBudget: 4).first)
        #expect(hurried.addresses == 3 && !hurried.addressesAreExact, "the newest four hold three of its events")
    }

    @Test("A CA that ends is listed with the traffic below it, until the chain comes with its renewal")
    func issuers() throws {
        let database = try LineDatabase(now: ago(24 * 30))
        let member = try ExpiryFixture.member("under-ending-ca")
        for number in 1...3 {
            try database.add("authenticated", at: ago(3), member, #""req":{"ip":"10.0.0.\#(number)"}"#)
        }
        try database.add("authenticated", at: ago(2), #""cn":"without a certificate's end""#)
        let reader = try AuditReader(path: database.path)
        let list = try reader.expiring(now: now)
        let ca = try #require(list.first)
        #expect(list.count == 1 && ca.certificate.commonName == "Ending CA")
        #expect(ca.role == .issuer && ca.dependents == 1)
        #expect(ca.level == .critical && ca.severity == 2, "17 days are critical for an issuer")
        #expect(ca.uses24h == 3 && ca.share == 0.75 && ca.addresses == 3)
        #expect(try reader.countExpiringInUse(now: now) == 1)
        #expect(
            try reader.expiring(within: 2 * 86_400_000, now: now).isEmpty,
            "it ends in more than six times two days"
        )

        try database.add("authenticated", at: ago(1), try ExpiryFixture.member("under-renewed-ca"))
        let moved = try #require(try reader.expiring(now: now).first)
        #expect(moved.id == ca.id && moved.level == .notice && moved.severity == 0)
        #expect(moved.successor?.commonName == "Ending CA" && moved.successorShare == 0.25)
        try database.flush()
        #expect(try reader.expiring(now: now).first == moved, "roll-ups and scans agree")
    }

    @Test("An identity that is later than usual with its renewal is raised by one level, after three renewals")
    func overdue() throws {
        // Ninety days each, renewed after sixty.
        let ends = ["Apr  1", "May 31", "Jul 30", "Sep 28"].map { "\($0) 00:00:00 2026 GMT" }
        let starts = ["Jan  1", "Mar  2", "May  1", "Jun 30"].map { "\($0) 00:00:00 2026 GMT" }
        let database = try LineDatabase(now: ago(24 * 400))
        func add(_ index: Int, at time: String) throws {
            let moment = try #require(Timestamp(rfc3339: time))
            let claim = LineDatabase.claim("svc", number: UInt8(index + 1), from: starts[index], to: ends[index])
            try database.add("authenticated", at: moment, claim)
        }
        for (index, time) in ["2026-01-02", "2026-03-03", "2026-05-02"].enumerated() {
            try add(index, at: "\(time)T00:00:00Z")
        }
        try add(3, at: "2026-09-02T00:00:00Z")
        let reader = try AuditReader(path: database.path)
        func entry(at time: String) throws -> ExpiringCertificate {
            let moment = try #require(Timestamp(rfc3339: time))
            let list = try reader.expiring(now: moment)
            return try #require(list.first { $0.certificate.notAfter?.rfc3339 == "2026-09-28T00:00:00.000Z" })
        }
        let usual = try entry(at: "2026-09-01T00:00:00Z")
        #expect(usual.level == .notice && !usual.isOverdue, "63 of 90 days: within the grace")
        #expect(usual.usualRenewal.map { abs($0 - 60.0 / 90) < 0.001 } == true)
        let late = try entry(at: "2026-09-05T00:00:00Z")
        #expect(late.isOverdue && late.level == .warning && late.severity == 1)
        let later = try entry(at: "2026-09-18T00:00:00Z")
        #expect(later.isOverdue && later.level == .critical)
    }

    @Test("The share of a certificate of an hour is of the traffic of ten hours, not of a day")
    func shortLived() throws {
        let database = try LineDatabase(now: ago(30))
        let short = LineDatabase.claim(
            "short",
            number: 1,
            from: "Nov 23 12:30:00 2026 GMT",
            to: "Nov 23 13:30:00 2026 GMT"
        )
        for hour in [20, 18, 16, 15] { try database.add("authenticated", at: ago(Int64(hour)), #""cn":"other""#) }
        try database.add("authenticated", at: ago(1), #""cn":"other""#)
        try database.add("authenticated", at: now.advanced(byMilliseconds: -60_000), short)
        let entry = try #require(try AuditReader(path: database.path).expiring(now: now).first)
        #expect(entry.level == .warning)
        #expect(entry.share == 0.5 && entry.remainingShare.map { abs($0 - 1.0 / 6) < 1e-9 } == true)
    }

    @Test("Used until it was renewed, then ended: no alarm; tried after its end without a renewal: one")
    func endedInTime() throws {
        let database = try LineDatabase(now: ago(24 * 30))
        let year = "Nov 23 00:00:00 2025 GMT"
        let end = "Nov 23 10:00:00 2026 GMT"
        func claim(_ name: String, _ number: UInt8, _ end: String) -> String {
            LineDatabase.claim(name, number: number, from: year, to: end)
        }
        try database.add("authenticated", at: ago(6), claim("renewed", 1, end))
        try database.add("authenticated", at: ago(5), claim("renewed", 2, "Nov 23 10:00:00 2028 GMT"))
        try database.add("authenticated", at: ago(6), claim("stopped", 3, end))
        try database.add("authenticated", at: ago(6), claim("tried", 4, end))
        try database.add("rejected", at: ago(1), claim("tried", 4, end))
        let reader = try AuditReader(path: database.path)
        let list = try reader.expiring(now: now)
        #expect(list.map(\.certificate.commonName) == ["tried", "stopped"])
        #expect(list.map(\.isExpiredInUse) == [true, false])
        #expect(list.map(\.severity) == [2, 0])
        #expect(list.map(\.counts) == [true, false])
        #expect(try reader.countExpiringInUse(now: now) == 1)
    }
}
