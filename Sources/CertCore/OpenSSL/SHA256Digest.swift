import COpenSSL

/// A SHA-256 digest as four words, so that it costs no allocation to make, keep or compare one.
package struct SHA256Digest: Hashable, Sendable {
    /// The length of a digest in bytes.
    package static let size = 32
    /// 32 zero bytes: what stands where there is no digest yet.
    package static let zero = SHA256Digest()

    @usableFromInline
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    private init() {}

    /// The digest of some bytes.
    package init(of bytes: UnsafeRawBufferPointer) {
        Swift.withUnsafeMutableBytes(of: &words) { digest in
            COpenSSL_sha256(bytes.baseAddress, bytes.count, digest.bindMemory(to: UInt8.self).baseAddress)
        }
    }

    /// The digest of some bytes.
    package init(of bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { SHA256Digest(of: $0) }
    }

    /// Takes a digest that was made before; nil unless it has 32 bytes.
    package init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.size else { return nil }
        Swift.withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
    }

    /// The 32 bytes.
    package var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// Lower-case hexadecimal digits.
    package var hex: String { Hexadecimal.text(bytes) }

    /// Lends the 32 bytes.
    @inlinable
    @inline(__always)
    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        Swift.withUnsafeBytes(of: words, body)
    }

    /// Whether two digests are the same.
    package static func == (left: SHA256Digest, right: SHA256Digest) -> Bool { left.words == right.words }

    /// Feeds the hasher.
    package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
