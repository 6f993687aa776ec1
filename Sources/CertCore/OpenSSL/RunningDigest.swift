import COpenSSL

/// SHA-256 over bytes that come piece by piece.
package final class RunningDigest {
    private let context: OpaquePointer?

    /// A digest of nothing yet; libcrypto without memory or without SHA-256 yields nil.
    package init?() {
        LibraryContext.prepareLibrary
        guard let context = EVP_MD_CTX_new() else { return nil }
        self.context = context
        guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else { return nil }
    }

    deinit { EVP_MD_CTX_free(context) }

    /// Takes the next bytes.
    package func update(_ bytes: UnsafeRawBufferPointer) {
        EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
    }

    /// The digest of everything taken; ends the running.
    package func finish() -> Fingerprint? {
        var written: UInt32 = 0
        var bytes = [UInt8](repeating: 0, count: 32)
        guard EVP_DigestFinal_ex(context, &bytes, &written) == 1, written == 32 else { return nil }
        return Fingerprint(bytes: bytes)
    }
}
