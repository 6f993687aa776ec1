import CertCore
import Glibc
import Testing

@testable import AuditStore

@Suite("What somebody changes in the file is found")
struct TamperTests {
    struct Deed: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let statements: [String]
        let kind: LedgerFinding.Kind
        let segment: Int64?

        init(_ name: String, _ kind: LedgerFinding.Kind, in segment: Int64?, _ statements: String...) {
            testDescription = name
            self.statements = statements
            self.kind = kind
            self.segment = segment
        }
    }

    private static let events: [Deed] = [
        Deed(
            "an outcome turned round",
            .event,
            in: 1,
            "UPDATE event SET moment = moment - 1, finding = 1 WHERE id = 6"
        ),
        Deed(
            "a time moved",
            .event,
            in: 0,
            "UPDATE event SET moment = moment - 4000, arrival = arrival + (1000 << 17) WHERE id = 2"
        ),
        Deed("another certificate named", .event, in: 2, "UPDATE event SET cert = 1 WHERE id = 11"),
        Deed("a port added", .event, in: 0, "UPDATE event SET arrival = arrival + 444 WHERE id = 4"),
        Deed("an outcome no program stores", .event, in: 0, "UPDATE event SET moment = moment + 2 WHERE id = 1"),
        Deed("an event deleted", .event, in: 1, "DELETE FROM event WHERE id = 6"),
        Deed("the last event deleted", .event, in: 2, "DELETE FROM event WHERE id = 12"),
        Deed(
            "two events swapped",
            .event,
            in: 1,
            "UPDATE event SET id = 1000 WHERE id = 5",
            "UPDATE event SET id = 5 WHERE id = 7",
            "UPDATE event SET id = 7 WHERE id = 1000"
        ),
        Deed(
            "an event doubled in another's place",
            .event,
            in: 0,
            "DELETE FROM event WHERE id = 3",
            """
            INSERT INTO event(id, moment, finding, cert, ip, path, context, arrival)
            SELECT 3, moment, finding, cert, ip, path, context, arrival
            FROM event WHERE id = 1
            """
        ),
        Deed(
            "an event appended",
            .tail,
            in: 2,
            """
            INSERT INTO event(id, moment, finding, cert, ip, path, context, arrival)
            SELECT 13, moment, finding, cert, ip, path, context, arrival
            FROM event WHERE id = 1
            """
        ),
        Deed("an event put before the first", .event, in: 0, "UPDATE event SET id = 0 WHERE id = 1"),
        Deed(
            "a rejection hidden from its index",
            .index,
            in: 0,
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = replace(sql, '<> 0', '= 7') WHERE name = 'event_rejected'",
            "PRAGMA writable_schema = RESET",
            "REINDEX event_rejected",
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = replace(sql, '= 7', '<> 0') WHERE name = 'event_rejected'",
            "PRAGMA writable_schema = RESET"
        ),
    ]

    private static let names: [Deed] = [
        Deed("a path edited", .string, in: 1, "UPDATE str SET value = '/other' WHERE value = '/path/1'"),
        Deed("a reason edited", .string, in: 0, "UPDATE str SET value = 'fine' WHERE kind = 6"),
        Deed("a text removed", .string, in: 2, "DELETE FROM str WHERE value = '/path/2'"),
        Deed("a text added", .tail, in: 2, "INSERT INTO str(kind, value) VALUES (4, '/new')"),
        Deed("a context edited", .event, in: 0, "UPDATE context SET authorized = 1 WHERE id = 1"),
        Deed("a reporter's user edited", .event, in: 0, "UPDATE session SET uid = 0"),
        Deed("a verdict edited", .event, in: 0, "UPDATE verdict SET class = 14 WHERE outcome = 1"),
        Deed("a verdict said to be verified", .event, in: 0, "UPDATE verdict SET verified = -1 WHERE id = 1"),
    ]

    private static let others: [Deed] = [
        Deed("a subject edited", .certificate, in: 0, "UPDATE cert SET subject = 'CN=admin' WHERE id = 1"),
        Deed(
            "a DER edited",
            .certificate,
            in: 1,
            "UPDATE cert SET der = zeroblob(10) WHERE der IS NOT NULL AND id = 3"
        ),
        Deed("an identity edited", .certificate, in: 0, "UPDATE cert SET identity = zeroblob(32) WHERE id = 1"),
        Deed("a certificate removed", .certificate, in: 0, "DELETE FROM cert WHERE id = 1"),
        Deed("a certificate added", .certificate, in: nil, "INSERT INTO cert(identity, cn) VALUES (zeroblob(32), 'x')"),
        Deed("a certificate merged into another", .certificate, in: 0, "UPDATE cert SET same_as = 3 WHERE id = 1"),
        Deed("a note about a certificate edited", .entry, in: 0, "UPDATE ledger_entry SET detail = 9 WHERE id = 1"),
        Deed("a loss made smaller", .loss, in: 0, "UPDATE loss SET n = 1"),
        Deed("a loss removed", .loss, in: 0, "DELETE FROM loss"),
        Deed("a refused line edited", .badLine, in: 0, "UPDATE bad_line SET head = x'00'"),
        Deed("a refused line removed", .badLine, in: 0, "DELETE FROM bad_line"),
    ]

    private static let chain: [Deed] = [
        Deed("a head edited", .order, in: 1, "UPDATE ledger_segment SET head = zeroblob(32) WHERE number = 1"),
        Deed("a body edited", .order, in: 1, "UPDATE ledger_segment SET body = zeroblob(336) WHERE number = 1"),
        Deed("a segment removed", .order, in: 1, "DELETE FROM ledger_segment WHERE number = 1"),
        Deed("a range edited", .order, in: 1, "UPDATE ledger_segment SET events = 3 WHERE number = 1"),
        Deed(
            "a checkpoint edited",
            .signature,
            in: 0,
            "UPDATE checkpoint SET note = replace(note, 'events 4', 'events 3') WHERE size = 1"
        ),
        Deed("a checkpoint that is none", .signature, in: 1, "UPDATE checkpoint SET note = 'x' WHERE size = 2"),
        Deed(
            "the end cut off cleanly",
            .tail,
            in: 2,
            "DELETE FROM event WHERE id > 8",
            "DELETE FROM ledger_segment WHERE number = 2",
            "DELETE FROM checkpoint WHERE size = 3",
            "DELETE FROM str WHERE value LIKE '%2'",
            "DELETE FROM cert WHERE cn = 'claimed-2'",
            "DELETE FROM ledger_entry WHERE id > (SELECT max(id) - 1 FROM ledger_entry)"
        ),
    ]

    @Test("Two texts of one event that belong in the same place of the cache are both read")
    func crowdedCache() throws {
        let database = try LedgerDatabase()
        let (roomy, crowded) = try AuditReader(path: database.path).read { snapshot in
            (try Self.leaves(snapshot, textBits: 16), try Self.leaves(snapshot, textBits: 0))
        }
        #expect(roomy.count == 12 && roomy.allSatisfy { $0 != nil })
        #expect(roomy == crowded)
    }

    private static func leaves(_ snapshot: Snapshot, textBits: Int) throws -> [SHA256Digest?] {
        let records = try StoredRecords(snapshot.db, textBits: textBits)
        let rows = try PreparedStatement(snapshot.db, "SELECT \(StoredRecords.eventColumns) FROM event ORDER BY id")
        var leaves: [SHA256Digest?] = []
        while try rows.next() { leaves.append(try records.event(rows)) }
        return leaves
    }

    @Test("A deed is found in its segment, and named", arguments: events + names + others + chain)
    func deeds(_ deed: Deed) throws {
        let database = try LedgerDatabase()
        let writer = try AuditWriter(path: database.path, now: WriterHarness.start)
        for statement in deed.statements { _ = try writer.rows(statement) }
        let report = try database.verify()
        #expect(!report.isIntact)
        let first = try #require(report.findings.first)
        #expect(report.findings.contains { $0.kind == deed.kind }, "\(report.findings)")
        #expect(first.segment == deed.segment, "\(report.findings)")
    }

    @Test("Nothing done, nothing found: every segment, event and checkpoint is counted")
    func intact() throws {
        let database = try LedgerDatabase()
        let report = try database.verify()
        #expect(report.findings == [])
        #expect(report.events == 12 && report.segments == 3 && report.checkpoints == 3)
        #expect(report.firstEvent == 1 && report.uncoveredEvents == 0 && report.hasCheckpointFile)
        #expect(report.newest?.claim.lastEvent == 12)
    }

    @Test("What does not belong to the evidence may change: counts of a session, derived tables")
    func derived() throws {
        let database = try LedgerDatabase()
        try database.tamper("UPDATE session SET events = 99, ended = 5", "DELETE FROM roll", "DELETE FROM cert_segment")
        #expect(try database.verify().findings == [])
    }

    @Test("An old copy in the place of the database is found by the checkpoints beside it")
    func oldCopy() throws {
        let database = try LedgerDatabase(segments: 2)
        let old = try #require(TestFile.bytes(database.path))
        let writer = try AuditWriter(path: database.path, now: WriterHarness.start.advanced(byMilliseconds: 400_000))
        let session = writer.beginSession(peer: PeerCredentials(pid: 1, uid: 2, gid: 3), now: WriterHarness.start)
        writer.endSession(session, now: WriterHarness.start)
        writer.appendLoss(kind: .drop, count: 1, since: nil, session: session)
        try writer.close(now: WriterHarness.start.advanced(byMilliseconds: 500_000))
        #expect(try database.verify().findings == [])
        for suffix in ["-wal", "-shm"] { unlink(database.path + suffix) }
        try TestFile.write(old, to: database.path)
        let report = try database.verify()
        #expect(report.findings.map(\.kind) == [.tail], "\(report.findings)")
    }

    @Test("A log begun anew in the old one's place is found by the checkpoints beside it")
    func begunAnew() throws {
        let database = try LedgerDatabase()
        for suffix in ["", "-wal", "-shm", "-seal"] { unlink(database.path + suffix) }
        let harness = try WriterHarness(database.place)
        try LedgerDatabase.fill(harness, 0)
        try harness.writer.close(now: harness.now)
        #expect(try database.verify().findings.contains { $0.kind == .signature || $0.kind == .tail })
    }

    @Test("The whole log rewritten by another key is refused when the right key is demanded")
    func otherKey() throws {
        let database = try LedgerDatabase()
        let key = try #require(try database.verify().newest?.claim.identity)
        #expect(try database.verify(keys: [key]).findings == [])
        let forged = try LedgerDatabase()
        #expect(try forged.verify().findings == [])
        #expect(try forged.verify(keys: [key]).findings.allSatisfy { $0.kind == .signature })
        #expect(try !forged.verify(keys: [key]).isIntact)
    }
}
