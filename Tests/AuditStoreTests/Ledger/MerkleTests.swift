import CertCore
import Testing

@testable import AuditStore

@Suite("The Merkle tree of RFC 9162")
struct MerkleTests {
    /// Leaves and roots that Certificate Transparency implementations test each other with.
    private static let leaves: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43], Array(0x50...0x57),
        Array(0x60...0x6F),
    ]
    private static let roots: [(Int, String)] = [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ]

    @Test("Known leaves have the known roots", arguments: roots)
    func knownRoots(_ size: Int, _ root: String) {
        let hashes = Self.leaves.prefix(size).map { MerkleTree.leaf($0) }
        #expect(MerkleTree.root(hashes).hex == root)
    }

    @Test("Every leaf of every small tree has a proof, and no other leaf has it")
    func inclusion() {
        let all = Self.hashes(33)
        for size in 1...33 {
            let leaves = all[..<size]
            let root = MerkleTree.root(leaves)
            for index in 0..<size {
                let path = MerkleProof.inclusion(of: index, in: leaves)
                func proves(_ leaf: SHA256Digest, _ index: Int, _ path: [SHA256Digest]) -> Bool {
                    MerkleProof.root(leaf: leaf, index: Int64(index), size: Int64(size), path: path) == root
                }
                #expect(proves(leaves[index], index, path))
                #expect(!proves(.zero, index, path))
                #expect(!proves(leaves[index], index, path + [.zero]))
                #expect(size == 1 || !proves(leaves[index], (index + 1) % size, path))
                #expect(path.isEmpty || !proves(leaves[index], index, Array(path.dropLast())))
            }
        }
    }

    @Test("Every small tree is shown to be the beginning of every later one, and of no other")
    func consistency() {
        let all = Self.hashes(33)
        for new in 1...33 {
            let root = MerkleTree.root(all[..<new])
            for old in 0...new {
                let oldRoot = MerkleTree.root(all[..<old])
                let path = MerkleProof.consistency(from: old, in: all[..<new])
                let sizes = (Int64(old), Int64(new))
                #expect(MerkleProof.isConsistent(old: (sizes.0, oldRoot), new: (sizes.1, root), path: path))
                #expect(!MerkleProof.isConsistent(old: (sizes.0, .zero), new: (sizes.1, root), path: path))
                #expect(
                    !MerkleProof.isConsistent(old: (sizes.0, oldRoot), new: (sizes.1, .zero), path: path) || old == 0
                )
                #expect(!MerkleProof.isConsistent(old: (sizes.0, oldRoot), new: (sizes.1, root), path: path + [.zero]))
            }
        }
    }

    @Test("A stored frontier goes on as if it had never been stored")
    func frontier() throws {
        let all = Self.hashes(70)
        var frontier = MerkleFrontier()
        for (index, leaf) in all.enumerated() {
            frontier = try #require(MerkleFrontier(stored: frontier.stored))
            frontier.append(leaf)
            #expect(frontier.root == MerkleTree.root(all[...index]))
            #expect(frontier.subtrees.count == (index + 1).nonzeroBitCount)
        }
        #expect(MerkleFrontier(stored: Array(frontier.stored.dropLast())) == nil)
        #expect(MerkleFrontier(count: 3, subtrees: [.zero]) == nil)
    }

    private static func hashes(_ count: Int) -> [SHA256Digest] {
        (0..<count).map { MerkleTree.leaf(Array("leaf \($0)".utf8)) }
    }
}
