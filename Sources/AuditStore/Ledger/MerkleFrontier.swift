package import CertCore

/// A growing Merkle tree as little as it can be kept: the roots of the full subtrees that its leaves fall into.
///
/// There is one for each bit that is set in the number of leaves, the greatest first; from them come the root and every
/// later root (RFC 9162, section 2.1.2 computes the root the same way).
package struct MerkleFrontier: Hashable, Sendable {
    /// The number of leaves.
    package private(set) var count: Int64 = 0
    /// The roots of the full subtrees, the greatest first.
    package private(set) var subtrees: ContiguousArray<SHA256Digest> = []

    /// A tree without leaves.
    package init() {}

    /// Goes on from a stored tree; nil when the numbers do not fit each other.
    package init?(count: Int64, subtrees: ContiguousArray<SHA256Digest>) {
        guard count >= 0, subtrees.count == count.nonzeroBitCount else { return nil }
        self.count = count
        self.subtrees = subtrees
    }

    /// Adds a leaf hash.
    @inline(__always)
    package mutating func append(_ leaf: SHA256Digest) {
        var node = leaf
        var size = count
        while size & 1 == 1 {
            node = MerkleTree.node(subtrees.removeLast(), node)
            size >>= 1
        }
        subtrees.append(node)
        count += 1
    }

    /// The root over all leaves.
    package var root: SHA256Digest {
        guard var root = subtrees.last else { return MerkleTree.emptyRoot }
        for subtree in subtrees.dropLast().reversed() { root = MerkleTree.node(subtree, root) }
        return root
    }
}
