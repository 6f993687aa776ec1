/// Something that is not as the ledger says it was.
package struct LedgerFinding: Hashable, Sendable, Comparable {
    /// What is wrong; the raw value is the stable name.
    package enum Kind: String, Sendable {
        /// An event was changed, added, removed or moved.
        case event
        /// An interned text was changed, added or removed.
        case string
        /// A certificate, or what came with it, was changed, added or removed.
        case certificate
        /// An entry about certificates and producers was changed, added or removed.
        case entry
        /// A row about lost events was changed, added or removed.
        case loss
        /// A row about a refused line was changed, added or removed.
        case badLine = "bad_line"
        /// Segments are missing, doubled, or do not follow each other.
        case order
        /// The log ends before its last checkpoint, or goes on behind its end.
        case tail
        /// A checkpoint is not what was signed, or signed by another key.
        case signature
        /// The record of a removal does not fit.
        case prune
        /// An index says something else than its table.
        case index
        /// The file cannot be read there.
        case unreadable
    }

    /// What is wrong.
    package var kind: Kind
    /// The segment it was found in; nil where it belongs to none.
    package var segment: Int64?
    /// Our own words about it; a text from the database is never part of them.
    package var detail: String

    /// Makes a finding.
    package init(_ kind: Kind, segment: Int64? = nil, _ detail: String) {
        self.kind = kind
        self.segment = segment
        self.detail = detail
    }

    /// Findings of earlier segments come first, those of none last.
    package static func < (left: LedgerFinding, right: LedgerFinding) -> Bool {
        (left.segment ?? .max, left.detail) < (right.segment ?? .max, right.detail)
    }
}

/// What a verification found.
package struct LedgerReport: Sendable {
    /// Findings beyond this many are counted only.
    package static let mostFindings = 20

    /// Segments looked at, the running one with them.
    package var segments: Int64 = 0
    /// Events looked at.
    package var events: Int64 = 0
    /// The first event that the ledger covers; nil when there is no ledger.
    package var firstEvent: Int64?
    /// Events that were removed by retention, and said so.
    package var prunedEvents: Int64 = 0
    /// Events that the database held before it had a ledger.
    package var uncoveredEvents: Int64 = 0
    /// Checkpoints whose signatures and roots were checked.
    package var checkpoints: Int64 = 0
    /// The newest of them.
    package var newest: CheckpointNote?
    /// Whether checkpoints were read from a file outside the database.
    package var hasCheckpointFile = false
    /// What is wrong, the first segment first; empty when all is as it was.
    package private(set) var findings: [LedgerFinding] = []
    /// How many there are in all.
    package private(set) var findingCount = 0

    /// An empty report.
    package init() {}

    /// Whether nothing is wrong.
    package var isIntact: Bool { findingCount == 0 }

    /// Adds a finding.
    package mutating func add(_ finding: LedgerFinding) {
        findingCount += 1
        findings.append(finding)
        findings.sort()
        if findings.count > Self.mostFindings { findings.removeLast() }
    }

    /// Adds findings.
    package mutating func add(_ findings: [LedgerFinding]) {
        for finding in findings { add(finding) }
    }
}
