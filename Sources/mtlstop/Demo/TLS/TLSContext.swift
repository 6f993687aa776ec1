import COpenSSL

/// The settings that the TLS connections of one side share.
///
/// `@unchecked Sendable`: it is set up in `init` and then only lent to `SSL_new`, which OpenSSL allows on any thread.
final class TLSContext: @unchecked Sendable {
    private let pointer: OpaquePointer

    private init(_ method: OpaquePointer?) throws {
        pointer = try made(SSL_CTX_new(method), "make a TLS context")
        _ = COpenSSL_SSL_CTX_set_versions(pointer, TLS1_2_VERSION, TLS1_3_VERSION)
    }

    deinit { SSL_CTX_free(pointer) }

    /// A server that asks for a client certificate, judges it against the authorities and the revocation list,
    /// and finishes the handshake whatever the judgement: the application decides, as with Node's
    /// `rejectUnauthorized: false`.
    static func server(_ cast: ClientCast) throws -> TLSContext {
        let infrastructure = cast.infrastructure
        let context = try TLSContext(TLS_server_method())
        try context.present(infrastructure.server)
        try context.trust([infrastructure.root.certificate])
        try context.addRevocationList(of: infrastructure.intermediate, cast.revoked)
        try context.addRevocationList(of: infrastructure.expiredIntermediate, [])
        SSL_CTX_set_verify(context.pointer, SSL_VERIFY_PEER, nil)
        SSL_CTX_set_cert_verify_callback(context.pointer, judgeAndGoOn, nil)
        // Without an answer to the name, TLS 1.2 does not keep it in the session, and a resumed connection has none.
        COpenSSL_SSL_CTX_set_host_name_callback(context.pointer) { _, _, _ in SSL_TLSEXT_ERR_OK }
        let name = Array("mtlstop demo".utf8)
        try check(SSL_CTX_set_session_id_context(context.pointer, name, UInt32(name.count)), "name the sessions")
        return context
    }

    /// A client that insists on a server of these authorities.
    static func client(_ cast: ClientCast) throws -> TLSContext {
        let context = try TLSContext(TLS_client_method())
        try context.trust([cast.infrastructure.root.certificate])
        SSL_CTX_set_verify(context.pointer, SSL_VERIFY_PEER, nil)
        return context
    }

    /// Lends the context to a call; the pointer must not outlive it.
    func withUnsafeContext<Result>(_ body: (OpaquePointer) throws -> Result) rethrows -> Result {
        try body(pointer)
    }

    private func trust(_ roots: [DemoCertificate]) throws {
        let store = try made(SSL_CTX_get_cert_store(pointer), "reach the trust store")
        for root in roots {
            try root.withUnsafeCertificate { try check(X509_STORE_add_cert(store, $0), "trust an authority") }
        }
    }

    private func addRevocationList(of authority: DemoAuthority, _ revoked: [DemoCertificate]) throws {
        let store = try made(SSL_CTX_get_cert_store(pointer), "reach the trust store")
        try authority.withUnsafeRevocationList(revoking: revoked) {
            try check(X509_STORE_add_crl(store, $0), "add a revocation list")
        }
        try check(X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK)), "check revocation")
    }

    private func present(_ identity: DemoIdentity) throws {
        try identity.withUnsafeParts { leaf, key, chain in
            try check(SSL_CTX_use_cert_and_key(pointer, leaf, key, chain, 1), "load the server's certificate")
        }
    }
}

extension DemoIdentity {
    /// Lends leaf, key and chain in the shape OpenSSL takes them; the pointers must not outlive the call.
    func withUnsafeParts(_ body: (OpaquePointer, OpaquePointer, OpaquePointer) throws -> Void) throws {
        let list = try made(COpenSSL_X509_list_new(), "make a list of certificates")
        defer { COpenSSL_X509_list_free(list) }
        for certificate in chain {
            let length = certificate.withUnsafeCertificate { COpenSSL_X509_list_push(list, $0) }
            if length <= 0 { throw TLSFailure.openSSL("add a certificate to a chain") }
        }
        try leaf.withUnsafeCertificate { leaf in try key.withUnsafeKey { try body(leaf, $0, list) } }
    }
}

/// Replaces the verification of a handshake: verifies, remembers the first error, and never ends the handshake.
///
/// OpenSSL goes on after an error that is overruled, and later errors ("no CRL for this unknown issuer") then hide
/// the true one. Only code 20 gives way to the 21 that follows it, because that is what Node, nginx and HAProxy
/// report. Setting the error here also puts it into the session, so that a resumed connection carries it.
private func judgeAndGoOn(_ context: OpaquePointer?, _ argument: UnsafeMutableRawPointer?) -> Int32 {
    guard let context else { return 0 }
    var first = X509_V_OK
    withUnsafeMutablePointer(to: &first) { first in
        X509_STORE_CTX_set_ex_data(context, 0, first)
        X509_STORE_CTX_set_verify_cb(context, rememberFirstError)
        X509_verify_cert(context)
        X509_STORE_CTX_set_ex_data(context, 0, nil)
    }
    X509_STORE_CTX_set_error(context, first)
    return 1
}

private func rememberFirstError(_ isFine: Int32, _ context: OpaquePointer?) -> Int32 {
    guard isFine == 0, let first = X509_STORE_CTX_get_ex_data(context, 0) else { return 1 }
    let remembered = first.assumingMemoryBound(to: Int32.self)
    let error = X509_STORE_CTX_get_error(context)
    let completes =
        remembered.pointee == X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY
        && error == X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE
    if remembered.pointee == X509_V_OK || completes { remembered.pointee = error }
    return 1
}
