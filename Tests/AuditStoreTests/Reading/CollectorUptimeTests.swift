import CertCore
import GRDB
import Testing

@testable import AuditStore

@Suite("When the collector ran")
struct CollectorUptimeTests {
    private static let hour: Int64 = 3_600_000
    private static let start = WriterHarness.start

    private static func time(_ hours: Int64) -> Timestamp { start.advanced(byMilliseconds: hours * hour) }

    /// A run that ends in order.
    private func run(_ place: TemporaryDatabase, from: Int64, to end: Int64) throws {
        let writer = try AuditWriter(path: place.path, now: Self.time(from))
        try writer.close(now: Self.time(end))
    }

    /// A run that ends without a word, last heard of after so many hours.
    private func crash(_ place: TemporaryDatabase, from: Int64, to end: Int64) throws {
        let writer = try AuditWriter(path: place.path, now: Self.time(from))
        _ = writer.beginSession(peer: PeerCredentials(pid: 1, uid: 2, gid: 3), now: Self.time(from))
        try writer.noteLife(now: Self.time(end))
    }

    private func uptime(
        _ place: TemporaryDatabase,
        since: Timestamp? = nil,
        until: Timestamp? = nil
    ) throws -> CollectorUptime? {
        let reader = try AuditReader(path: place.path)
        return try reader.summary(since: since, until: until, now: Self.time(100)).completeness.collector
    }

    @Test("Downtime is what lies between a stop, or the last sign of life, and the next start")
    func downtime() throws {
        let place = try TemporaryDatabase()
        try run(place, from: 0, to: 2)
        try crash(place, from: 5, to: 6)
        try run(place, from: 10, to: 11)
        let known = try #require(try uptime(place))
        #expect(known.recordedFrom == Self.time(0) && known.alive == Self.time(11) && known.stopped == Self.time(11))
        #expect(known.count == 2 && known.unplanned == 1 && known.length == 7 * Self.hour)
        #expect(known.downtimes.map(\.start) == [Self.time(6), Self.time(2)])
        #expect(known.downtimes.map(\.end) == [Self.time(10), Self.time(5)])
        #expect(known.downtimes.map(\.wasPlanned) == [false, true])
    }

    @Test("Only the part of a downtime that lies in the period counts")
    func period() throws {
        let place = try TemporaryDatabase()
        try run(place, from: 0, to: 2)
        try run(place, from: 10, to: 11)
        let known = try #require(try uptime(place, since: Self.time(3), until: Self.time(7)))
        #expect(known.count == 1 && known.length == 4 * Self.hour)
        #expect(known.downtimes.map(\.start) == [Self.time(3)] && known.downtimes.map(\.end) == [Self.time(7)])
        #expect(try uptime(place, since: Self.time(10))?.count == 0)
    }

    @Test("A writer that runs has no stop; its commits are signs of life, and so is an idle minute")
    func alive() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        try harness.append(#"{"event":"authenticated"}"#)
        harness.now = Self.time(1)
        try harness.commit()
        #expect(try uptime(place)?.alive == Self.time(1))
        try harness.writer.noteLife(now: Self.time(1).advanced(byMilliseconds: 59_999))
        #expect(try uptime(place)?.alive == Self.time(1))
        try harness.writer.noteLife(now: Self.time(1).advanced(byMilliseconds: 60_000))
        let known = try uptime(place)
        #expect(known?.alive == Self.time(1).advanced(byMilliseconds: 60_000) && known?.stopped == nil)
    }

    @Test("A connection that a crash left open ended with the last sign of life")
    func sessions() throws {
        let place = try TemporaryDatabase()
        let first = try WriterHarness(place)
        try first.append(#"{"event":"authenticated"}"#)
        first.now = Self.time(1)
        try first.commit()
        let copy = try place.copyAsAfterCrash()
        let second = try AuditWriter(path: copy.path, now: Self.time(9))
        let ended = try second.connection.perform { db in
            try Int64.fetchAll(db, sql: "SELECT ended FROM session")
        }
        #expect(ended == [Self.time(1).milliseconds])
    }

    @Test("A database of a release without runs is read, and says that nothing is recorded")
    func older() throws {
        let place = try TemporaryDatabase()
        try run(place, from: 0, to: 1)
        let queue = try DatabaseQueue(path: place.path)
        try queue.inDatabase { db in
            try db.execute(sql: "DROP TABLE collector_run; PRAGMA user_version = 2")
        }
        try queue.close()
        #expect(try uptime(place) == nil)
        try run(place, from: 2, to: 3)
        #expect(try uptime(place)?.recordedFrom == Self.time(2))
    }
}
