import COpenSSL

/// An Ed25519 private key (RFC 8032): signs.
///
/// `@unchecked Sendable` without a lock: the pointer never changes, and libcrypto only reads a key that signs.
package final class Ed25519PrivateKey: @unchecked Sendable {
    private let key: OpaquePointer

    /// The key of a seed of 32 bytes; nil for another length.
    package init?(seed: [UInt8]) {
        LibraryContext.prepareLibrary
        guard seed.count == 32, let key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count) else {
            return nil
        }
        self.key = key
    }

    /// The key in a PEM text (`BEGIN PRIVATE KEY`), as `openssl genpkey -algorithm ed25519` writes it.
    ///
    /// Nil when the text holds no key, a key of another kind, or one that needs a passphrase: nothing ever asks for it.
    package init?(pem: String) {
        LibraryContext.prepareLibrary
        guard let key = PEMKeyReader.privateKey(pem) else { return nil }
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 else {
            EVP_PKEY_free(key)
            return nil
        }
        self.key = key
    }

    /// A new key from the system's random numbers.
    package static func generate() -> Ed25519PrivateKey? {
        var generator = SystemRandomNumberGenerator()
        return Ed25519PrivateKey(seed: (0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }

    deinit { EVP_PKEY_free(key) }

    /// The key that checks what this one signs.
    package var publicKey: Ed25519PublicKey? {
        var bytes = [UInt8](repeating: 0, count: Ed25519PublicKey.size)
        var count = bytes.count
        guard EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1 else { return nil }
        return Ed25519PublicKey(bytes: bytes)
    }

    /// The key as PEM text, unencrypted.
    package var pem: String? {
        let buffer = MemoryBuffer()
        let done = buffer.withUnsafeBIO { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
        return done == 1 ? buffer.string : nil
    }

    /// The signature of some bytes, 64 bytes; nil only when libcrypto has no memory.
    package func signature(of bytes: [UInt8]) -> [UInt8]? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: Ed25519PublicKey.signatureSize)
        var count = signature.count
        guard EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
            EVP_DigestSign(context, &signature, &count, bytes, bytes.count) == 1, count == signature.count
        else {
            ERR_clear_error()
            return nil
        }
        return signature
    }
}
