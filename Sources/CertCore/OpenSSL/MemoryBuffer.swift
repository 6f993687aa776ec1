import COpenSSL

/// A memory BIO: what libcrypto's printing functions write into.
final class MemoryBuffer {
    private let bio: OpaquePointer?

    init() {
        bio = BIO_new(BIO_s_mem())
    }

    deinit { BIO_free(bio) }

    /// Lends the BIO to a function that writes.
    func withUnsafeBIO<Result>(_ body: (OpaquePointer?) -> Result) -> Result { body(bio) }

    /// What has been written so far.
    var bytes: [UInt8] {
        var data: UnsafeMutablePointer<CChar>?
        let count = COpenSSL_BIO_get_mem_data(bio, &data)
        guard let data, count > 0 else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: data, count: count))
    }

    /// What has been written so far, as UTF-8; bytes that are none become U+FFFD.
    var string: String { String(decoding: bytes, as: UTF8.self) }
}
