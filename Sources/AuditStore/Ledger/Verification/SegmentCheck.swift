import CertCore
import GRDB

/// Compares the rows of one segment with what its head commits to.
struct SegmentCheck {
    /// What came out.
    struct Result {
        var events: Int64 = 0
        var pruned: Int64 = 0
        var findings: [LedgerFinding] = []
    }

    private let db: Database
    private let content: SegmentContent

    init(_ db: Database, _ content: SegmentContent) {
        self.db = db
        self.content = content
    }

    /// Checks a sealed segment.
    func sealed(_ number: Int64) throws -> Result {
        var result = Result()
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT body FROM ledger_segment WHERE number = ?"),
            arguments: [number]
        )
        // Bodies that cannot be read are found where the chain is walked along.
        guard let body = row?.bytes(0).flatMap({ SegmentBody($0) }) else { return result }
        for tree in LedgerTree.allCases {
            let ids = body.ids(tree)
            if tree == .events, try skipsPruned(ids, number, &result) { continue }
            let rebuilt = try content.rebuild(tree, ids)
            let isSame = rebuilt.frontier.root == body.trees[tree.rawValue].root
            try compare(tree, ids, rebuilt, isSame: isSame, number, &result)
        }
        return result
    }

    /// Checks the segment that still runs.
    func running(_ segment: RunningSegment) throws -> Result {
        var result = Result()
        for tree in LedgerTree.allCases {
            let span = segment.trees[tree]
            let rebuilt = try content.rebuild(tree, span.first..<span.next)
            let isSame = rebuilt.frontier == span.frontier
            try compare(tree, span.first..<span.next, rebuilt, isSame: isSame, segment.number, &result)
        }
        return result
    }

    /// Rows behind the end of the log, which no segment knows.
    func behind(_ ends: [Int64], _ number: Int64) throws -> [LedgerFinding] {
        try LedgerTree.allCases.compactMap { tree in
            let count = try Int64.fetchOne(
                db,
                sql: "SELECT count(*) FROM (SELECT 1 FROM \(tree.table) WHERE id >= ? LIMIT 1000)",
                arguments: [ends[tree.rawValue]]
            )
            guard let count, count > 0 else { return nil }
            let words = "\(count) row\(count == 1 ? "" : "s") of \(tree.table) behind the end of the log"
            return LedgerFinding(.tail, segment: number, "there are \(words)")
        }
    }

    private func compare(
        _ tree: LedgerTree,
        _ ids: Range<Int64>,
        _ rebuilt: SegmentContent.Rebuilt,
        isSame: Bool,
        _ number: Int64,
        _ result: inout Result
    ) throws {
        if tree == .events { result.events += rebuilt.frontier.count }
        if let missing = rebuilt.missing {
            let words = "\(tree.row) \(missing) is missing"
            result.findings.append(LedgerFinding(tree.findingKind, segment: number, words))
        } else if let foreign = rebuilt.foreign {
            let words = "\(tree.row) \(foreign) was changed"
            result.findings.append(LedgerFinding(tree.findingKind, segment: number, words))
        } else if !isSame {
            let range = "\(tree.row) \(ids.lowerBound) to \(ids.upperBound - 1)"
            let words = "of \(range) at least one was changed, added, removed or moved"
            result.findings.append(LedgerFinding(tree.findingKind, segment: number, words))
        } else if tree == .events, try !content.indexAgrees(rebuilt, ids) {
            result.findings.append(LedgerFinding(.index, segment: number, "the index of rejections hides or adds some"))
        }
    }

    /// Whether retention removed the events of a segment; what is left of them says it did not finish.
    private func skipsPruned(_ ids: Range<Int64>, _ number: Int64, _ result: inout Result) throws -> Bool {
        guard !ids.isEmpty else { return false }
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT finished FROM prune WHERE first_event <= ? AND last_event >= ?"),
            arguments: [ids.lowerBound, ids.upperBound - 1]
        )
        guard let row else { return false }
        result.pruned = Int64(ids.count)
        let left = try Int64.fetchOne(
            db.cachedStatement(sql: "SELECT count(*) FROM event WHERE id >= ? AND id < ?"),
            arguments: [ids.lowerBound, ids.upperBound]
        )
        if row.integer(0) != nil, let left, left > 0 {
            let words = "\(left) events are in a range that retention had emptied"
            result.findings.append(LedgerFinding(.event, segment: number, words))
        }
        return true
    }
}

extension LedgerTree {
    /// What a row of the table is called.
    fileprivate var row: String {
        switch self {
        case .events: "event"
        case .names: "text"
        case .entries: "entry"
        case .losses: "loss"
        case .badLines: "refused line"
        }
    }

    fileprivate var findingKind: LedgerFinding.Kind {
        switch self {
        case .events: .event
        case .names: .string
        case .entries: .entry
        case .losses: .loss
        case .badLines: .badLine
        }
    }
}
