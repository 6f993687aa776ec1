package import CertCore

/// Makes and checks the proofs of RFC 9162, section 2.1.3 and 2.1.4.
package enum MerkleProof {
    /// The hashes that lead from a leaf to the root, the lowest first.
    package static func inclusion(of index: Int, in leaves: ArraySlice<SHA256Digest>) -> [SHA256Digest] {
        guard leaves.count > 1 else { return [] }
        let split = splitPoint(leaves.count)
        let middle = leaves.startIndex + split
        return index < split
            ? inclusion(of: index, in: leaves[..<middle]) + [MerkleTree.root(leaves[middle...])]
            : inclusion(of: index - split, in: leaves[middle...]) + [MerkleTree.root(leaves[..<middle])]
    }

    /// The root that a leaf and its path lead to; nil when the path has not the length that the tree asks for.
    package static func root(leaf: SHA256Digest, index: Int64, size: Int64, path: [SHA256Digest]) -> SHA256Digest? {
        guard index >= 0, index < size else { return nil }
        var position = index
        var last = size - 1
        var node = leaf
        for sibling in path {
            guard last != 0 else { return nil }
            if position & 1 == 1 || position == last {
                node = MerkleTree.node(sibling, node)
                while position & 1 == 0 && position != 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                node = MerkleTree.node(node, sibling)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 ? node : nil
    }

    /// The hashes that show that the tree over the first `old` leaves is the beginning of the tree over all.
    package static func consistency(from old: Int, in leaves: ArraySlice<SHA256Digest>) -> [SHA256Digest] {
        guard old > 0, old < leaves.count else { return [] }
        return subproof(old, leaves, isWhole: true)
    }

    private static func subproof(_ old: Int, _ leaves: ArraySlice<SHA256Digest>, isWhole: Bool) -> [SHA256Digest] {
        if old == leaves.count { return isWhole ? [] : [MerkleTree.root(leaves)] }
        let split = splitPoint(leaves.count)
        let middle = leaves.startIndex + split
        return old <= split
            ? subproof(old, leaves[..<middle], isWhole: isWhole) + [MerkleTree.root(leaves[middle...])]
            : subproof(old - split, leaves[middle...], isWhole: false) + [MerkleTree.root(leaves[..<middle])]
    }

    /// Whether a path shows that the old tree is the beginning of the new one.
    package static func isConsistent(
        old: (size: Int64, root: SHA256Digest),
        new: (size: Int64, root: SHA256Digest),
        path: [SHA256Digest]
    ) -> Bool {
        guard old.size >= 0, old.size <= new.size else { return false }
        if old.size == new.size { return path.isEmpty && old.root == new.root }
        // Every tree begins with the empty one.
        if old.size == 0 { return path.isEmpty && old.root == MerkleTree.emptyRoot }
        var hashes = path[...]
        if old.size & (old.size - 1) == 0 { hashes = [old.root] + hashes }
        guard let first = hashes.popFirst() else { return false }
        var position = old.size - 1
        var last = new.size - 1
        while position & 1 == 1 {
            position >>= 1
            last >>= 1
        }
        var oldNode = first
        var newNode = first
        for hash in hashes {
            guard last != 0 else { return false }
            if position & 1 == 1 || position == last {
                oldNode = MerkleTree.node(hash, oldNode)
                newNode = MerkleTree.node(hash, newNode)
                while position & 1 == 0 && position != 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                newNode = MerkleTree.node(newNode, hash)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 && oldNode == old.root && newNode == new.root
    }

    /// The greatest power of two below a number of leaves.
    private static func splitPoint(_ count: Int) -> Int {
        var split = 1
        while split * 2 < count { split *= 2 }
        return split
    }
}
