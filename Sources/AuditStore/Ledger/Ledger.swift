import CertCore
import GRDB

/// The ledger of a database: chains what is committed, seals segments, signs checkpoints.
///
/// Used by one thread at a time, as ``BatchStore`` is. What it works out for a batch takes effect when the batch is durable.
final class Ledger {
    /// A segment is sealed when it has run for so long, in milliseconds.
    static let longestSegment: Int64 = 60_000
    /// Checkpoints are at least so far apart, in milliseconds: signing one costs four fsyncs, a segment none.
    static let checkpointSpacing: Int64 = 1_000

    private let statements: LedgerStatements
    private let signer: CheckpointSigner
    private(set) var running: RunningSegment
    private var top: MerkleFrontier
    /// The newest checkpoint.
    private(set) var last: CheckpointNote?
    private var lastSigned = Int64.min
    private var unread: [CheckpointNote] = []
    // Where to go on when the tables do not go on where the ledger does.
    private var restart: [Int64]?

    /// Goes on where the stored ledger ends; `nexts` are the ids that come next, in the order of ``LedgerTree``.
    init(_ db: Database, path: String, nexts: [Int64], now: Int64) throws {
        statements = try LedgerStatements(db)
        signer = CheckpointSigner(database: path)
        let stored = try LedgerStart(db, nexts: nexts, now: now)
        running = stored.running
        top = stored.top
        last = stored.last
        restart = stored.restart
    }

    /// The id that the next row of a tree gets: never one that the ledger has seen.
    func next(_ tree: LedgerTree) -> Int64 { restart?[tree.rawValue] ?? running.trees[tree].next }

    /// Whether a checkpoint is missing for what is sealed.
    private var owesCheckpoint: Bool { top.count > (last?.claim.size ?? 0) }

    /// Whether the running segment, or a checkpoint, waits for its time to come.
    func isSealDue(now: Int64) -> Bool {
        isTooOld(now) || (owesCheckpoint && mayCheckpoint(now))
    }

    /// Whether something is still to be sealed or signed later, without anything new coming in.
    var hasUnsealed: Bool { !running.trees.isEmpty || owesCheckpoint }

    /// Begins a batch: seals first what has run long enough.
    func begin(now: Int64) -> LedgerDraft {
        var draft = LedgerDraft(running: running, top: top, now: now)
        if isTooOld(now) || restart != nil { draft.seal() }
        if let restart { draft.goOn(at: restart) }
        return draft
    }

    /// Stores what the batch added; within its transaction.
    ///
    /// - Parameter isLast: true when nothing follows, so that a checkpoint cannot wait.
    func write(_ draft: inout LedgerDraft, now: Int64, isLast: Bool = false) throws {
        for (id, entry) in draft.entries { try statements.insert(entry, id: id) }
        for (body, head) in draft.sealed { try statements.write(body, head: head) }
        if !draft.sealed.isEmpty { try statements.write(draft.top) }
        if !draft.running.trees.isEmpty { try statements.write(draft.running) }
        guard draft.top.count > (last?.claim.size ?? 0), isLast || mayCheckpoint(now) else { return }
        let lastEvent = draft.running.trees[.events].first - 1
        draft.note = signer.note(last, size: draft.top.count, top: draft.top, lastEvent: lastEvent, now: now)
        if let note = draft.note { try statements.write(note) }
    }

    /// Goes on from what is durable now.
    func committed(_ draft: LedgerDraft, now: Int64) {
        running = draft.running
        top = draft.top
        restart = nil
        guard let note = draft.note else { return }
        last = note
        lastSigned = now
        signer.published(note) { above in try statements.notes(above: above, below: note.claim.size) }
        unread.append(note)
        if unread.count > 64 { unread.removeFirst() }
    }

    /// The checkpoints made since the last question, the oldest first.
    func takeCheckpoints() -> [CheckpointNote] {
        defer { unread.removeAll() }
        return unread
    }

    /// Why the files beside the database could not be written last time; nil while all is well.
    var trouble: StoreError? { signer.trouble }

    /// The identity's signature of some bytes.
    func signature(of bytes: [UInt8]) -> [UInt8]? { signer.signature(of: bytes, last) }

    // A clock that was set back must not keep a segment open.
    private func isTooOld(_ now: Int64) -> Bool {
        !running.trees.isEmpty && (now - running.opened >= Self.longestSegment || now < running.opened)
    }

    private func mayCheckpoint(_ now: Int64) -> Bool {
        lastSigned == .min || now - lastSigned >= Self.checkpointSpacing || now < lastSigned
    }
}
