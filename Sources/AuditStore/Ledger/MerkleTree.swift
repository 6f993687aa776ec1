package import CertCore

/// The hash rules of RFC 9162, section 2.1: leaves are hashed behind a zero byte, nodes behind a one.
package enum MerkleTree {
    /// The root of a tree without leaves: SHA-256 of nothing.
    package static let emptyRoot = SHA256Digest(of: [])

    /// The hash of a leaf's bytes.
    package static func leaf(_ bytes: [UInt8]) -> SHA256Digest {
        SHA256Digest(of: [0] + bytes)
    }

    /// The hash of two neighbouring nodes.
    @inline(__always)
    package static func node(_ left: SHA256Digest, _ right: SHA256Digest) -> SHA256Digest {
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 8) { buffer in
            buffer[0] = 1
            left.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[1..<33]).copyMemory(from: $0) }
            right.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[33..<65]).copyMemory(from: $0) }
            return SHA256Digest(of: UnsafeRawBufferPointer(buffer))
        }
    }

    /// The root over some leaf hashes.
    package static func root(_ leaves: some Sequence<SHA256Digest>) -> SHA256Digest {
        var frontier = MerkleFrontier()
        for leaf in leaves { frontier.append(leaf) }
        return frontier.root
    }
}
