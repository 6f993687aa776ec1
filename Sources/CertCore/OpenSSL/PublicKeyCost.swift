import COpenSSL

/// What trying a signature costs, before it is tried.
enum PublicKeyCost {
    /// The largest key in bits with which signatures are tried to see whether they fit: a third of a millisecond at the most.
    private static let mostBits: Int32 = 4096

    /// Whether a key was made so large that trying it takes milliseconds; RSA with 16,384 bits takes four.
    static func isHigh(_ key: OpaquePointer?) -> Bool { EVP_PKEY_get_bits(key) > mostBits }
}
