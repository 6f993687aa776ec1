import CertCore

/// What a segment's trees are over: the order in which they stand in its body.
enum LedgerTree: Int, CaseIterable, Sendable {
    case events
    case names
    case entries
    case losses
    case badLines

    /// The table whose rows are the leaves; the leaf numbers are its ids.
    var table: String {
        switch self {
        case .events: "event"
        case .names: "str"
        case .entries: "ledger_entry"
        case .losses: "loss"
        case .badLines: "bad_line"
        }
    }
}

/// One growing tree of a segment: the ids `first` up to `first + count`, without a gap.
struct LedgerSpan: Hashable, Sendable {
    /// The id of the first leaf, also of one that is still to come.
    var first: Int64
    var frontier = MerkleFrontier()

    /// The id after the last leaf.
    var next: Int64 { first + frontier.count }

    /// The span that goes on after this one.
    var following: LedgerSpan { LedgerSpan(first: next) }
}

/// The five growing trees of the running segment.
struct LedgerTrees: Hashable, Sendable {
    private var spans: [LedgerSpan]

    /// Trees without leaves that go on at these ids, in the order of ``LedgerTree``.
    init(firsts: [Int64]) {
        spans = LedgerTree.allCases.map { tree in
            LedgerSpan(first: tree.rawValue < firsts.count ? firsts[tree.rawValue] : 1)
        }
    }

    /// Trees that were stored; nil unless there is one of each.
    init?(_ spans: [LedgerSpan]) {
        guard spans.count == LedgerTree.allCases.count else { return nil }
        self.spans = spans
    }

    /// One of the trees.
    subscript(tree: LedgerTree) -> LedgerSpan {
        @inline(__always) get { spans[tree.rawValue] }
        @inline(__always) _modify { yield &spans[tree.rawValue] }
    }

    /// Whether no tree has a leaf.
    var isEmpty: Bool { spans.allSatisfy { $0.frontier.count == 0 } }

    /// The trees of the segment after this one.
    var following: LedgerTrees {
        var trees = self
        trees.spans = spans.map(\.following)
        return trees
    }
}
