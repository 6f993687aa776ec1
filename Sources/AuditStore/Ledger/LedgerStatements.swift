import CertCore
import GRDB

/// The statements that store the ledger.
final class LedgerStatements {
    private let segment: PreparedStatement
    private let entry: PreparedStatement
    private let checkpoint: PreparedStatement
    private let top: PreparedStatement
    private let newer: PreparedStatement

    /// Compiles the statements.
    init(_ db: Database) throws {
        segment = try PreparedStatement(
            db,
            """
            INSERT INTO ledger_segment(number, first_event, events, head, body) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT(number) DO UPDATE SET first_event = excluded.first_event, events = excluded.events,
            head = excluded.head, body = excluded.body
            """
        )
        entry = try PreparedStatement(
            db,
            "INSERT INTO ledger_entry(id, kind, subject, detail, digest) VALUES (?, ?, ?, ?, ?)"
        )
        checkpoint = try PreparedStatement(db, "INSERT INTO checkpoint(size, note) VALUES (?, ?)")
        top = try PreparedStatement(
            db,
            "INSERT INTO meta(key, value) VALUES ('ledger_top', ?) ON CONFLICT DO UPDATE SET value = excluded.value"
        )
        newer = try PreparedStatement(
            db,
            "SELECT note FROM checkpoint WHERE size > ? AND size < ? ORDER BY size LIMIT 1000"
        )
    }

    /// Stores a sealed segment.
    func write(_ body: SegmentBody, head: SHA256Digest) throws {
        let ids = body.eventIDs
        try write(body.number, first: ids.lowerBound, events: Int64(ids.count), head: head.bytes, body: body.bytes)
    }

    /// Stores where the running segment stands.
    func write(_ running: RunningSegment) throws {
        let events = running.trees[.events]
        try write(
            running.number,
            first: events.first,
            events: events.frontier.count,
            head: nil,
            body: running.bytes
        )
    }

    /// Stores an entry.
    func insert(_ value: LedgerEntry, id: Int64) throws {
        entry.bind(1, id)
        entry.bind(2, value.kind.rawValue)
        entry.bind(3, value.subject)
        entry.bind(4, value.detail)
        entry.bindBlob(5, value.digest.bytes)
        try entry.run()
    }

    /// Stores a checkpoint.
    func write(_ note: CheckpointNote) throws {
        checkpoint.bind(1, note.claim.size)
        checkpoint.bindText(2, note.text)
        try checkpoint.run()
    }

    /// Stores the tree over the heads.
    func write(_ frontier: MerkleFrontier) throws {
        top.bindBlob(1, frontier.stored)
        try top.run()
    }

    /// The stored checkpoints between two sizes.
    func notes(above: Int64, below: Int64) throws -> [CheckpointNote] {
        newer.bind(1, above)
        newer.bind(2, below)
        var notes: [CheckpointNote] = []
        while try newer.next() {
            let text = newer.withBytes(0) { String(decoding: $0, as: UTF8.self) }
            if let note = CheckpointNote(text) { notes.append(note) }
        }
        return notes
    }

    private func write(_ number: Int64, first: Int64, events: Int64, head: [UInt8]?, body: [UInt8]) throws {
        segment.bind(1, number)
        segment.bind(2, first)
        segment.bind(3, events)
        segment.bindBlob(4, head)
        segment.bindBlob(5, body)
        try segment.run()
    }
}
