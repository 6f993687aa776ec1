import AuditStore
import CertCore
import Testing

@Suite("Surroundings of an event")
struct SurroundingsTests {
    private let start = Timestamp(milliseconds: 1_795_442_537_000)

    private func database() throws -> LineDatabase {
        let database = try LineDatabase(now: start)
        let old = LineDatabase.claim(
            "svc-a",
            number: 1,
            from: "Jan  1 00:00:00 2026 GMT",
            to: "Nov 20 00:00:00 2026 GMT"
        )
        let new = LineDatabase.claim(
            "svc-a",
            number: 2,
            from: "Nov  1 00:00:00 2026 GMT",
            to: "Nov  1 00:00:00 2027 GMT"
        )
        let billing = #""service":"billing""#
        let reason = #""reason":"callback_returned_false""#
        try database.add("authenticated", at: at(1), billing, new, #""ip":"10.0.0.5""#)
        try database.add("authenticated", at: at(2), #""service":"orders""#, new, #""ip":"10.0.0.5""#)
        try database.add("rejected", at: at(3), billing, old, reason, #""ip":"10.0.0.1""#)
        try database.add("authenticated", at: at(4), billing, new, #""ip":"10.0.0.1""#)
        try database.add("rejected", at: at(5), billing, old, reason, #""ip":"10.0.0.2""#)
        try database.add("authenticated", at: at(6), billing, new, #""ip":"10.0.0.2""#)
        return database
    }

    private func at(_ second: Int64) -> Timestamp { start.advanced(byMilliseconds: second * 1000) }

    @Test("Counts only what came before the event, by address, service, reason and issuer")
    func counts() throws {
        let database = try database()
        let around = try #require(try AuditReader(path: database.path).surroundings(ofEvent: 5))
        #expect(around.looked == 5)
        #expect(around.since == at(1))
        #expect(around.address.accepted == 0 && around.address.rejected == 1)
        #expect(around.service.accepted == 2 && around.service.rejected == 2)
        #expect(around.sameReason.count == 2 && around.sameReason.addresses == 2)
        #expect(around.sameReason.certificates == 1 && around.sameReason.first == at(3))
        #expect(around.sameReason.since.accepted == 1 && around.sameReason.since.rejected == 2)
        #expect(around.issuerHere.accepted == 2 && around.issuerHere.rejected == 2)
        #expect(around.issuerAcceptedAt == ["orders"])
        #expect(around.acceptedAt.isEmpty && around.lastAccepted == nil)
    }

    @Test("Tells other certificates of the identity, and where the certificate itself was accepted")
    func siblings() throws {
        let database = try database()
        let reader = try AuditReader(path: database.path)
        let sibling = try #require(try reader.surroundings(ofEvent: 5)?.siblings.first)
        #expect(sibling.accepted == 4 && sibling.rejected == 0)
        #expect(sibling.lastAccepted == at(6))
        #expect(sibling.addresses == ["10.0.0.1", "10.0.0.5"])
        let accepted = try #require(try reader.surroundings(ofEvent: 6))
        #expect(accepted.acceptedAt == ["billing", "orders"])
        #expect(accepted.lastAccepted == at(6))
        #expect(accepted.sameReason.count == 0)
    }

    @Test("An event that is not there has no surroundings")
    func absent() throws {
        let database = try database()
        #expect(try AuditReader(path: database.path).surroundings(ofEvent: 99) == nil)
    }
}
