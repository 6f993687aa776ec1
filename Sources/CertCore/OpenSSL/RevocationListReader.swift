import COpenSSL

/// Looks whether bytes are a revocation list.
enum RevocationListReader {
    /// Whether libcrypto reads the bytes, all of them, as a list.
    static func isList(_ der: [UInt8]) -> Bool {
        der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            guard let list = d2i_X509_CRL(nil, &cursor, buffer.count) else {
                ERR_clear_error()
                return false
            }
            defer { X509_CRL_free(list) }
            guard let start = buffer.baseAddress, let cursor else { return false }
            return cursor - start == buffer.count
        }
    }
}
