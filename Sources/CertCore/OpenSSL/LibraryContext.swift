import COpenSSL

/// A context of libcrypto that certificates are parsed in.
///
/// It holds only the `null` provider: no algorithm can be fetched from it, so parsing does not decode the public key.
/// Decoding takes nine tenths of a full parse (64,000 certificates a second without, 7,000 with). `@unchecked
/// Sendable` without a lock: the pointer never changes and an `OSSL_LIB_CTX` has locks of its own.
final class LibraryContext: @unchecked Sendable {
    /// The context every certificate is parsed in.
    static let parsing = LibraryContext()

    /// Keeps libcrypto from tearing itself down in `exit` while other threads still use it.
    static let prepareLibrary: Void = { _ = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) }()

    private let context: OpaquePointer?
    private let provider: OpaquePointer?

    private init() {
        Self.prepareLibrary
        context = OSSL_LIB_CTX_new()
        provider = OSSL_PROVIDER_load(context, "null")
    }

    deinit {
        OSSL_PROVIDER_unload(provider)
        OSSL_LIB_CTX_free(context)
    }

    /// Lends the context.
    func withUnsafeContext<Result>(_ body: (OpaquePointer?) -> Result) -> Result { body(context) }
}
