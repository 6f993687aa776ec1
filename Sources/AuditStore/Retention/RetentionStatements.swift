import CertCore
import GRDB

/// The statements that remove events.
final class RetentionStatements {
    private let insert: PreparedStatement
    private let unfinished: PreparedStatement
    private let firstEvent: PreparedStatement
    private let delete: PreparedStatement
    private let rollups: RollupRemoval
    private let finish: PreparedStatement
    private let candidates: PreparedStatement
    private let covered: PreparedStatement
    private let early: PreparedStatement
    private let heldEvent: PreparedStatement

    /// Compiles the statements.
    init(_ db: Database) throws {
        insert = try PreparedStatement(
            db,
            """
            INSERT INTO prune(id, time, first_event, last_event, events, cutoff, reason, signature)
            VALUES (?, ?, ?, ?, (SELECT count(*) FROM event WHERE id BETWEEN ?3 AND ?4), ?, ?, ?)
            """
        )
        unfinished = try PreparedStatement(
            db,
            "SELECT id, first_event, last_event FROM prune WHERE finished IS NULL ORDER BY id LIMIT 1"
        )
        firstEvent = try PreparedStatement(db, "SELECT id FROM event WHERE id >= ? AND id <= ? ORDER BY id LIMIT 1")
        delete = try PreparedStatement(db, "DELETE FROM event WHERE id >= ? AND id <= ?")
        rollups = try RollupRemoval(db)
        finish = try PreparedStatement(db, "UPDATE prune SET finished = ? WHERE id = ?")
        candidates = try PreparedStatement(
            db,
            """
            SELECT number, body, EXISTS (SELECT 1 FROM prune p WHERE p.first_event <= s.first_event
            AND p.last_event >= s.first_event + s.events - 1) FROM ledger_segment s
            WHERE number >= ? AND head IS NOT NULL ORDER BY number LIMIT 256
            """
        )
        covered = try PreparedStatement(db, "SELECT first_event FROM ledger_segment ORDER BY number LIMIT 1")
        early = try PreparedStatement(
            db,
            "SELECT first_id, received_max FROM segment WHERE first_id <= ? ORDER BY first_id DESC LIMIT 1"
        )
        heldEvent = try PreparedStatement(
            db,
            "SELECT 1 FROM event WHERE id >= ? AND id <= ? AND ts >= ? AND ts < ? LIMIT 1"
        )
    }

    /// The greatest id of a record.
    static func lastID(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT max(id) FROM prune") ?? 0
    }

    /// Stores a record.
    func write(_ prune: PruneRecord, signature: [UInt8]) throws {
        insert.bind(1, prune.id)
        insert.bind(2, prune.time)
        insert.bind(3, prune.events.lowerBound)
        insert.bind(4, prune.events.upperBound)
        insert.bind(5, prune.cutoff)
        insert.bindText(6, prune.reason)
        insert.bindBlob(7, signature)
        try insert.run()
    }

    /// The record whose events are not all gone.
    func unfinishedRecord() throws -> (id: Int64, events: ClosedRange<Int64>)? {
        defer { unfinished.reset() }
        guard try unfinished.next() else { return nil }
        let (first, last) = (unfinished.integer(1), unfinished.integer(2))
        return first <= last ? (unfinished.integer(0), first...last) : nil
    }

    /// The first event of a range that is still there.
    func firstEvent(in range: ClosedRange<Int64>) throws -> Int64? {
        firstEvent.bind(1, range.lowerBound)
        firstEvent.bind(2, range.upperBound)
        defer { firstEvent.reset() }
        return try firstEvent.next() ? firstEvent.integer(0) : nil
    }

    /// Removes the events of a range, and their counts from the roll-ups; returns how many there were.
    func remove(_ range: ClosedRange<Int64>) throws -> Int {
        try rollups.run(range)
        delete.bind(1, range.lowerBound)
        delete.bind(2, range.upperBound)
        try delete.run()
        return Int(delete.changedRows)
    }

    /// Notes that the events of a record are gone.
    func finish(_ id: Int64, now: Int64) throws {
        finish.bind(1, now)
        finish.bind(2, id)
        try finish.run()
    }

    /// Sealed segments from a number on, and whether their events are removed or about to be.
    func segments(from number: Int64) throws -> [(body: SegmentBody, isPruned: Bool)] {
        candidates.bind(1, number)
        var segments: [(SegmentBody, Bool)] = []
        while try candidates.next() {
            guard let body = SegmentBody(candidates.blob(1) ?? []) else {
                candidates.reset()
                break
            }
            segments.append((body, candidates.integer(2) != 0))
        }
        return segments
    }

    /// The first event that the ledger covers.
    func firstCovered() throws -> Int64? {
        defer { covered.reset() }
        return try covered.next() ? covered.integer(0) : nil
    }

    /// The first id of the range of 65,536 that holds an event, and when its last event arrived.
    func arrival(of event: Int64) throws -> (firstID: Int64, receivedMax: Int64)? {
        early.bind(1, event)
        defer { early.reset() }
        return try early.next() ? (early.integer(0), early.integer(1)) : nil
    }

    /// Whether a range has an event of a hold.
    func isHeld(_ range: ClosedRange<Int64>, by hold: LegalHold) throws -> Bool {
        heldEvent.bind(1, range.lowerBound)
        heldEvent.bind(2, range.upperBound)
        heldEvent.bind(3, hold.since.milliseconds)
        heldEvent.bind(4, hold.until?.milliseconds ?? .max)
        defer { heldEvent.reset() }
        return try heldEvent.next()
    }
}
