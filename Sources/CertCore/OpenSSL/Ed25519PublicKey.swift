import COpenSSL

/// An Ed25519 public key (RFC 8032): checks signatures.
package struct Ed25519PublicKey: Hashable, Sendable {
    /// The length of a key in bytes.
    package static let size = 32
    /// The length of a signature in bytes.
    package static let signatureSize = 64

    /// The 32 bytes of the key.
    package let bytes: [UInt8]

    /// Takes the 32 bytes of a key; nil for another length.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.size else { return nil }
        self.bytes = bytes
    }

    /// The key in a PEM text: `BEGIN PUBLIC KEY`, or the public half of a `BEGIN PRIVATE KEY`.
    ///
    /// Nil when the text holds no key or a key of another kind.
    package init?(pem: String) {
        LibraryContext.prepareLibrary
        guard let key = PEMKeyReader.publicKey(pem) else {
            guard let known = Ed25519PrivateKey(pem: pem)?.publicKey else { return nil }
            self = known
            return
        }
        defer { EVP_PKEY_free(key) }
        var bytes = [UInt8](repeating: 0, count: Self.size)
        var count = bytes.count
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519, EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1
        else { return nil }
        self.bytes = bytes
    }

    /// The key as PEM text, `BEGIN PUBLIC KEY`.
    package var pem: String? {
        withUnsafeKey { key in
            let buffer = MemoryBuffer()
            return buffer.withUnsafeBIO { PEM_write_bio_PUBKEY($0, key) } == 1 ? buffer.string : nil
        } ?? nil
    }

    /// Whether a signature is this key's over some bytes.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard signature.count == Self.signatureSize else { return false }
        let result = withUnsafeKey { key in
            guard let context = EVP_MD_CTX_new() else { return false }
            defer { EVP_MD_CTX_free(context) }
            return EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
                && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        }
        ERR_clear_error()
        return result ?? false
    }

    private func withUnsafeKey<Result>(_ body: (OpaquePointer) -> Result) -> Result? {
        LibraryContext.prepareLibrary
        guard let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count) else { return nil }
        defer { EVP_PKEY_free(key) }
        return body(key)
    }
}
