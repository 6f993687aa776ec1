import COpenSSL

/// A private key made in memory; it is never written anywhere.
///
/// `@unchecked Sendable`: the key is complete when `init` returns and only read afterwards; OpenSSL counts
/// references atomically, so the client's and the server's thread may use it at the same time.
final class DemoKey: @unchecked Sendable {
    /// What kind of key to make.
    enum Kind: Hashable, Sendable {
        case p256
        case p384
        case rsa(bits: UInt32)
        case ed25519
    }

    let kind: Kind
    private let pointer: OpaquePointer

    init(_ kind: Kind) throws {
        self.kind = kind
        let key =
            switch kind {
            case .p256: COpenSSL_generate_ec_key("P-256")
            case .p384: COpenSSL_generate_ec_key("P-384")
            case .rsa(let bits): COpenSSL_generate_rsa_key(bits)
            case .ed25519: COpenSSL_generate_key("ED25519")
            }
        pointer = try made(key, "make a key")
    }

    deinit { EVP_PKEY_free(pointer) }

    /// The digest a signature by this key uses; Ed25519 has its own.
    var digest: OpaquePointer? { kind == .ed25519 ? nil : EVP_sha256() }

    /// Lends the key to a call; the pointer must not outlive it.
    func withUnsafeKey<Result>(_ body: (OpaquePointer) throws -> Result) rethrows -> Result {
        try body(pointer)
    }
}
