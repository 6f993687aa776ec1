import COpenSSL

/// Reads keys from PEM text; the caller owns what it gets.
enum PEMKeyReader {
    /// The private key in a text; an encrypted one is refused, libcrypto's question for a passphrase is never asked.
    static func privateKey(_ pem: String) -> OpaquePointer? {
        read(pem) { PEM_read_bio_PrivateKey($0, nil, { _, _, _, _ in -1 }, nil) }
    }

    /// The public key in a text.
    static func publicKey(_ pem: String) -> OpaquePointer? {
        read(pem) { PEM_read_bio_PUBKEY($0, nil, { _, _, _, _ in -1 }, nil) }
    }

    private static func read(_ pem: String, _ reader: (OpaquePointer) -> OpaquePointer?) -> OpaquePointer? {
        var text = pem
        let key = text.withUTF8 { bytes -> OpaquePointer? in
            guard bytes.count <= 1 << 20, let bio = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else {
                return nil
            }
            defer { BIO_free(bio) }
            return reader(bio)
        }
        ERR_clear_error()
        return key
    }
}
