package import CertCore

/// What a segment says: the bytes that are hashed into its head.
///
/// A head is the leaf hash of the body, and commits to the head before it; the checkpoints' tree has the bodies as its
/// leaves. While a segment runs, its body holds the trees' full subtrees instead of their roots.
package struct SegmentBody: Hashable, Sendable {
    /// A tree of a sealed segment.
    struct Sealed: Hashable, Sendable {
        var first: Int64
        var count: Int64
        var root: SHA256Digest
    }

    /// The first bytes of every body.
    static let magic = Array("mtlstop-segment1".utf8)

    /// The place in the chain, from 0.
    package var number: Int64
    /// When its first row was committed, and when it was sealed, in Unix milliseconds.
    package var opened: Int64
    package var sealed: Int64
    /// The head before it; zero for the first.
    package var previous: SHA256Digest
    var trees: [Sealed]

    /// The ids of its events.
    package var eventIDs: Range<Int64> { ids(.events) }

    /// The root over its events.
    package var eventRoot: SHA256Digest { trees[LedgerTree.events.rawValue].root }

    func ids(_ tree: LedgerTree) -> Range<Int64> {
        let tree = trees[tree.rawValue]
        return tree.first..<(tree.first + tree.count)
    }

    /// The canonical bytes.
    package var bytes: [UInt8] {
        var writer = BodyWriter(magic: Self.magic)
        for value in [number, opened, sealed] { writer.append(value) }
        writer.append(previous)
        for tree in trees {
            writer.append(tree.first)
            writer.append(tree.count)
            writer.append(tree.root)
        }
        return writer.bytes
    }

    /// The head: the leaf hash of the body.
    package var head: SHA256Digest { MerkleTree.leaf(bytes) }

    /// Reads a body; nil when the bytes are none.
    package init?(_ bytes: [UInt8]) {
        var reader = BodyReader(bytes)
        guard reader.skip(Self.magic), let number = reader.integer(), let opened = reader.integer(),
            let sealed = reader.integer(), let previous = reader.digest()
        else { return nil }
        self.number = number
        self.opened = opened
        self.sealed = sealed
        self.previous = previous
        trees = []
        for _ in LedgerTree.allCases {
            guard let first = reader.identifier(), let count = reader.count(after: first), let root = reader.digest()
            else { return nil }
            trees.append(Sealed(first: first, count: count, root: root))
        }
        guard reader.isAtEnd else { return nil }
    }

    /// The body of a running segment that is sealed now.
    init(_ running: RunningSegment, sealed: Int64) {
        number = running.number
        opened = running.opened
        self.sealed = sealed
        previous = running.previous
        trees = LedgerTree.allCases.map { tree in
            let span = running.trees[tree]
            return Sealed(first: span.first, count: span.frontier.count, root: span.frontier.root)
        }
    }
}

/// The segment that takes what comes: its state is committed with every batch, so that the log's tail is covered.
struct RunningSegment: Hashable, Sendable {
    /// The first bytes of the stored state.
    private static let magic = Array("mtlstop-running1".utf8)

    let number: Int64
    var opened: Int64
    let previous: SHA256Digest
    var trees: LedgerTrees

    /// A segment that has nothing yet.
    init(number: Int64, opened: Int64, previous: SHA256Digest, trees: LedgerTrees) {
        self.number = number
        self.opened = opened
        self.previous = previous
        self.trees = trees
    }

    /// The stored form.
    var bytes: [UInt8] {
        var writer = BodyWriter(magic: Self.magic)
        writer.append(number)
        writer.append(opened)
        writer.append(previous)
        for tree in LedgerTree.allCases {
            let span = trees[tree]
            writer.append(span.first)
            writer.append(span.frontier.count)
            for subtree in span.frontier.subtrees { writer.append(subtree) }
        }
        return writer.bytes
    }

    /// Reads a stored state; nil when the bytes are none.
    init?(_ bytes: [UInt8]) {
        var reader = BodyReader(bytes)
        guard reader.skip(Self.magic), let number = reader.integer(), let opened = reader.integer(),
            let previous = reader.digest()
        else { return nil }
        var spans: [LedgerSpan] = []
        for _ in LedgerTree.allCases {
            guard let first = reader.identifier(), let count = reader.count(after: first) else { return nil }
            var subtrees: ContiguousArray<SHA256Digest> = []
            for _ in 0..<count.nonzeroBitCount {
                guard let subtree = reader.digest() else { return nil }
                subtrees.append(subtree)
            }
            guard let frontier = MerkleFrontier(count: count, subtrees: subtrees) else { return nil }
            spans.append(LedgerSpan(first: first, frontier: frontier))
        }
        guard reader.isAtEnd, let trees = LedgerTrees(spans) else { return nil }
        self.init(number: number, opened: opened, previous: previous, trees: trees)
    }
}
