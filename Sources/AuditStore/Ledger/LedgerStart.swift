import CertCore
import GRDB

/// Where the stored ledger of a database ends.
struct LedgerStart {
    /// The segment that goes on.
    let running: RunningSegment
    /// The tree over all sealed segments.
    let top: MerkleFrontier
    /// The newest checkpoint.
    let last: CheckpointNote?
    /// The ids to go on with when the tables do not go on where the ledger does; nil when they do.
    let restart: [Int64]?

    /// Reads the end of the ledger; `nexts` are the ids that the tables would give next.
    ///
    /// When the tables go on where the ledger does not, rows were added behind its back: it goes on with what comes,
    /// and the verification tells the gap.
    init(_ db: Database, nexts: [Int64], now: Int64) throws {
        let note = try String.fetchOne(db, sql: "SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")
        last = note.flatMap { CheckpointNote($0) }
        top = try Self.top(db)
        let row = try Row.fetchOne(
            db,
            sql: "SELECT number, head, body FROM ledger_segment ORDER BY number DESC LIMIT 1"
        )
        guard let row, let body = row.bytes(2) else {
            let trees = LedgerTrees(firsts: nexts)
            running = RunningSegment(number: 0, opened: now, previous: .zero, trees: trees)
            restart = nil
            return
        }
        if let stored = RunningSegment(body), row.bytes(1) == nil {
            running = stored
        } else if let sealed = SegmentBody(body), let head = row.bytes(1).flatMap({ SHA256Digest(bytes: $0) }) {
            let firsts = LedgerTree.allCases.map { sealed.ids($0).upperBound }
            let trees = LedgerTrees(firsts: firsts)
            running = RunningSegment(number: sealed.number + 1, opened: now, previous: head, trees: trees)
        } else {
            throw UnexpectedValue(column: "ledger_segment.body")
        }
        let expected = LedgerTree.allCases.map { [running] in running.trees[$0].next }
        let met = zip(expected, nexts).map { max($0, $1) }
        restart = met == expected ? nil : met
    }

    /// The stored tree over the heads; one that does not fit the table is made anew.
    private static func top(_ db: Database) throws -> MerkleFrontier {
        let sealed = try Int64.fetchOne(
            db,
            sql: "SELECT number FROM ledger_segment WHERE head IS NOT NULL ORDER BY number DESC LIMIT 1"
        )
        guard let sealed else { return MerkleFrontier() }
        let row = try Row.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'ledger_top'")
        if let stored = row?.bytes(0).flatMap({ MerkleFrontier(stored: $0) }), stored.count == sealed + 1 {
            return stored
        }
        var top = MerkleFrontier()
        let heads = try Row.fetchCursor(
            db,
            sql: "SELECT head FROM ledger_segment WHERE head IS NOT NULL ORDER BY number"
        )
        while let row = try heads.next() {
            guard let head = row.bytes(0).flatMap({ SHA256Digest(bytes: $0) }) else {
                throw UnexpectedValue(column: "ledger_segment.head")
            }
            top.append(head)
        }
        return top
    }
}

extension MerkleFrontier {
    /// The stored form: the number of leaves and the full subtrees.
    var stored: [UInt8] {
        var writer = BodyWriter(magic: [])
        writer.append(count)
        for subtree in subtrees { writer.append(subtree) }
        return writer.bytes
    }

    /// Reads the stored form; nil when the bytes are none.
    init?(stored bytes: [UInt8]) {
        var reader = BodyReader(bytes)
        guard let count = reader.identifier() else { return nil }
        var subtrees: ContiguousArray<SHA256Digest> = []
        while let subtree = reader.digest() { subtrees.append(subtree) }
        guard reader.isAtEnd else { return nil }
        self.init(count: count, subtrees: subtrees)
    }
}
