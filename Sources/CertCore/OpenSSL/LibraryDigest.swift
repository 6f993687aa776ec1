import COpenSSL

/// A digest algorithm of libcrypto, fetched once for the life of the process.
///
/// Fetching costs more than hashing a certificate, so the three algorithms are kept. `@unchecked Sendable` without a
/// lock: the pointer never changes and libcrypto only reads an `EVP_MD` after the fetch.
final class LibraryDigest: @unchecked Sendable {
    static let sha1 = LibraryDigest("SHA1", size: 20)
    static let sha256 = LibraryDigest("SHA256", size: 32)
    static let sha512 = LibraryDigest("SHA512", size: 64)

    private let algorithm: OpaquePointer?
    private let size: Int

    private init(_ name: String, size: Int) {
        LibraryContext.prepareLibrary
        algorithm = EVP_MD_fetch(nil, name, nil)
        self.size = size
    }

    deinit { EVP_MD_free(algorithm) }

    /// The digest of some bytes.
    func digest(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            var written: UInt32 = 0
            let done = EVP_Digest(bytes.baseAddress, bytes.count, buffer.baseAddress, &written, algorithm, nil)
            // Only an OpenSSL without its default provider or without memory ends here; an all-zero digest would let
            // two certificates pass for one.
            precondition(done == 1 && Int(written) == size, "libcrypto cannot compute a digest")
            count = size
        }
    }
}
