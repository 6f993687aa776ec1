import CertCore
import GRDB

/// Walks along the chain of segments: their order, their heads, and the checkpoints over them.
///
/// Reads no event; memory does not grow with the chain.
struct ChainCheck {
    /// The segment that still runs.
    private(set) var running: RunningSegment?
    /// The number of sealed segments.
    private(set) var sealed: Int64 = 0
    /// The ids that come behind the last segment, in the order of ``LedgerTree``; nil without a segment.
    private(set) var ends: [Int64]?
    /// The first event of the first segment.
    private(set) var firstEvent: Int64?
    private(set) var findings: [LedgerFinding] = []
    private(set) var checkpoints: CheckpointCheck

    private var top = MerkleFrontier()
    private var previous = SHA256Digest.zero

    init(_ checkpoints: CheckpointCheck) {
        self.checkpoints = checkpoints
    }

    /// Walks along the whole chain in one snapshot.
    mutating func run(_ snapshot: Snapshot) throws {
        let rows = try Row.fetchCursor(
            snapshot.db,
            sql: """
                SELECT s.number, s.first_event, s.events, s.head, s.body, c.note
                FROM ledger_segment s LEFT JOIN checkpoint c ON c.size = s.number + 1 ORDER BY s.number
                """
        )
        var number: Int64 = 0
        while let row = try rows.next() {
            if number & 0xFFF == 0 { try snapshot.checkpoint() }
            let stored = try row.required(0)
            if stored != number {
                find(.order, number, "segment \(number) is missing")
                top = MerkleFrontier()
            }
            if running != nil { find(.order, number - 1, "a segment in the middle of the log has no head") }
            // The greatest number there is has no successor; nothing comes behind it.
            number = stored &+ 1
            try step(row, stored)
        }
        let greatest = try Row.fetchOne(snapshot.db, sql: "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")
        if let note = greatest?.text(0).flatMap({ CheckpointNote($0) }), note.claim.size > sealed {
            checkpoints.tellMissingTail(note, sealed)
        }
        checkpoints.end(sealed)
    }

    private mutating func step(_ row: Row, _ number: Int64) throws {
        let bytes = row.bytes(4) ?? []
        guard let head = row.bytes(3).flatMap({ SHA256Digest(bytes: $0) }) else {
            takeRunning(RunningSegment(bytes), row, number)
            return
        }
        guard let body = SegmentBody(bytes), body.number == number else {
            find(.order, number, "what segment \(number) says cannot be read")
            ends = nil
            return advance(head)
        }
        if body.head != head { find(.order, number, "the head of segment \(number) is not the hash of what it says") }
        if body.previous != previous { find(.order, number, "segment \(number) does not follow the one before it") }
        checkSpans(LedgerTree.allCases.map { body.ids($0) }, row, number)
        advance(head)
        let note = row.text(5)
        let parsed = note.flatMap { CheckpointNote($0) }
        if note != nil, parsed == nil { find(.signature, number, "the checkpoint behind segment \(number) is none") }
        checkpoints.reach(sealed, root: top.root, stored: parsed)
    }

    private mutating func takeRunning(_ segment: RunningSegment?, _ row: Row, _ number: Int64) {
        guard let segment, segment.number == number else {
            return find(.order, number, "the state of the running segment cannot be read")
        }
        if segment.previous != previous { find(.order, number, "segment \(number) does not follow the one before it") }
        let ids = LedgerTree.allCases.map { segment.trees[$0].first..<segment.trees[$0].next }
        checkSpans(ids, row, number)
        running = segment
    }

    private mutating func checkSpans(_ ids: [Range<Int64>], _ row: Row, _ number: Int64) {
        let events = ids[LedgerTree.events.rawValue]
        if row.integer(1) != events.lowerBound || row.integer(2) != Int64(events.count) {
            find(.order, number, "the events of segment \(number) are listed wrongly")
        }
        if events.count > LedgerDraft.mostEvents { find(.order, number, "segment \(number) has too many events") }
        if let ends, ends != ids.map(\.lowerBound) {
            find(.order, number, "rows between segment \(number) and the one before it belong to none")
        }
        if firstEvent == nil { firstEvent = events.lowerBound }
        ends = ids.map(\.upperBound)
    }

    private mutating func advance(_ head: SHA256Digest) {
        previous = head
        top.append(head)
        sealed += 1
    }

    private mutating func find(_ kind: LedgerFinding.Kind, _ number: Int64, _ detail: String) {
        if findings.count < 1_000 { findings.append(LedgerFinding(kind, segment: number, detail)) }
    }
}
