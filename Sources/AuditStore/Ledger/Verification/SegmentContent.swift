import CertCore
import GRDB

/// Builds the trees of a segment again from the rows of the database.
///
/// Confined to one connection and one thread.
final class SegmentContent {
    /// A tree built again.
    struct Rebuilt {
        var frontier = MerkleFrontier()
        /// The first id that should be there and is not.
        var missing: Int64?
        /// The first row that no writer of ours stores.
        var foreign: Int64?
        /// Rows whose outcome is not authenticated; events only.
        var rejected: Int64 = 0
    }

    private let records: StoredRecords
    private let queries: [PreparedStatement]
    private let rejectedQuery: PreparedStatement
    private var record = LedgerRecord()

    /// Compiles the questions.
    init(_ db: Database) throws {
        records = try StoredRecords(db)
        queries = try LedgerTree.allCases.map { tree in
            let columns =
                switch tree {
                case .events: StoredRecords.eventColumns
                case .names: "id, kind, value"
                case .entries: "id, kind, subject, detail, digest"
                case .losses: "id, time, session, producer, kind, n, first_seq, last_seq, since, detail"
                case .badLines: "id, time, session, producer, seq, line, code, at, length, head"
                }
            // The table itself is read: an index may say something else.
            return try PreparedStatement(
                db,
                "SELECT \(columns) FROM \(tree.table) NOT INDEXED WHERE id >= ? AND id < ? ORDER BY id"
            )
        }
        rejectedQuery = try PreparedStatement(
            db,
            "SELECT count(*) FROM event INDEXED BY event_rejected WHERE outcome <> 0 AND id >= ? AND id < ?"
        )
    }

    /// Builds one tree from the rows with these ids.
    func rebuild(_ tree: LedgerTree, _ ids: Range<Int64>) throws -> Rebuilt {
        var rebuilt = Rebuilt()
        guard !ids.isEmpty else { return rebuilt }
        let query = queries[tree.rawValue]
        query.bind(1, ids.lowerBound)
        query.bind(2, ids.upperBound)
        defer { query.reset() }
        var expected = ids.lowerBound
        while try query.next() {
            let id = query.integer(0)
            if id != expected {
                rebuilt.missing = expected
                return rebuilt
            }
            expected += 1
            if tree == .events, query.integer(3) != 0 { rebuilt.rejected += 1 }
            guard let leaf = try leaf(tree, query) else {
                rebuilt.foreign = rebuilt.foreign ?? id
                rebuilt.frontier.append(.zero)
                continue
            }
            rebuilt.frontier.append(leaf)
        }
        if expected < ids.upperBound { rebuilt.missing = expected }
        return rebuilt
    }

    /// Whether the index of rejections lists as many events as the table has.
    func indexAgrees(_ rebuilt: Rebuilt, _ ids: Range<Int64>) throws -> Bool {
        rejectedQuery.bind(1, ids.lowerBound)
        rejectedQuery.bind(2, ids.upperBound)
        defer { rejectedQuery.reset() }
        return try rejectedQuery.next() ? rejectedQuery.integer(0) == rebuilt.rejected : false
    }

    private func leaf(_ tree: LedgerTree, _ row: PreparedStatement) throws -> SHA256Digest? {
        switch tree {
        case .events: try records.event(row)
        case .names: row.withBytes(2) { record.name(id: row.integer(0), kind: row.integer(1), bytes: $0) }
        case .entries: LedgerEntry(row).map { record.entry(id: row.integer(0), $0) }
        case .losses: record.loss(id: row.integer(0), PendingLoss(row))
        case .badLines: record.badLine(id: row.integer(0), PendingBadLine(row))
        }
    }
}

extension LedgerEntry {
    /// An entry out of a row `id, kind, subject, detail, digest`; nil when it is none.
    init?(_ row: PreparedStatement) {
        guard let kind = Kind(rawValue: row.integer(1)), let digest = SHA256Digest(bytes: row.blob(4) ?? []) else {
            return nil
        }
        self.init(kind: kind, subject: row.integer(2), detail: row.integer(3), digest: digest)
    }
}

extension PendingLoss {
    /// A loss out of a stored row.
    fileprivate init(_ row: PreparedStatement) {
        self.init(
            time: row.integer(1),
            session: row.optionalInteger(2),
            producer: row.optionalInteger(3),
            kind: LossKind(rawValue: row.text(4) ?? ""),
            count: row.integer(5),
            firstSequence: row.optionalInteger(6),
            lastSequence: row.optionalInteger(7),
            since: row.optionalInteger(8),
            detail: row.text(9)
        )
    }
}

extension PendingBadLine {
    /// A refused line out of a stored row.
    fileprivate init(_ row: PreparedStatement) {
        self.init(
            time: row.integer(1),
            session: row.optionalInteger(2),
            producer: row.optionalInteger(3),
            sequence: row.optionalInteger(4),
            line: row.optionalInteger(5),
            code: row.text(6) ?? "",
            column: row.optionalInteger(7),
            length: row.integer(8),
            head: row.blob(9) ?? []
        )
    }
}
