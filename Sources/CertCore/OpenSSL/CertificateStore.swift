import COpenSSL

/// The owner of one `X509_STORE`: trusted certificates and revocation lists.
///
/// `@unchecked Sendable`: nothing is added after `init`, and the store guards its own reads with a lock.
final class CertificateStore: @unchecked Sendable {
    private let store: OpaquePointer?

    init(anchors: [ClientCertificate], revocationLists: [RevocationList]) throws(CertificateError) {
        LibraryContext.prepareLibrary
        store = X509_STORE_new()
        for anchor in anchors {
            let handle = try X509Handle(der: anchor.der, decodingKeys: true)
            handle.withUnsafeX509 { _ = X509_STORE_add_cert(store, $0) }
        }
        for list in revocationLists {
            list.der.withUnsafeBufferPointer { buffer in
                var cursor = buffer.baseAddress
                if let decoded = d2i_X509_CRL(nil, &cursor, buffer.count) {
                    X509_STORE_add_crl(store, decoded)
                    X509_CRL_free(decoded)
                }
            }
        }
        X509_STORE_set_check_issued(store, IssuerChoice.mayHaveIssued)
        X509_STORE_set_lookup_crls(store, ListChoice.listsOfIssuer)
        ERR_clear_error()
    }

    deinit { X509_STORE_free(store) }

    /// What a verification asks for beside the certificates.
    struct Question {
        let time: Timestamp
        let flags: UInt
        let depth: Int
        let securityLevel: Int
    }

    /// Verifies a certificate for client authentication; the first error ends it.
    func verify(
        _ leaf: ClientCertificate,
        intermediates: [ClientCertificate],
        _ question: Question
    ) throws(CertificateError) -> ChainVerdict {
        let leafHandle = try X509Handle(der: leaf.der, decodingKeys: true)
        var handles: [X509Handle] = []
        for certificate in intermediates.prefix(ClientCertificate.maximumChain) {
            handles.append(try X509Handle(der: certificate.der, decodingKeys: true))
        }
        let stack = COpenSSL_X509_stack()
        defer {
            COpenSSL_X509_stack_free(stack)
            ERR_clear_error()
        }
        for handle in handles { handle.withUnsafeX509 { _ = COpenSSL_X509_stack_push(stack, $0) } }
        // The contexts borrow leaf and stack: the handles must outlive them.
        return withExtendedLifetime((leafHandle, handles)) {
            leafHandle.withUnsafeX509 { x509 in
                let first = verdict(on: x509, beside: stack, question, .byName)
                guard !first.isTrusted else { return first }
                // Another CA of the same name may be the real issuer, and what was found is true only of the wrong one:
                // a signature, a list, a constraint. Where no signature fits, the first answer stands.
                let second = verdict(on: x509, beside: stack, question, .bySignature)
                return second.code.rejectionClass == .unknownIssuer ? first : second
            }
        }
    }

    private func verdict(
        on leaf: OpaquePointer?,
        beside stack: OpaquePointer?,
        _ question: Question,
        _ choice: IssuerChoice
    ) -> ChainVerdict {
        let context = X509_STORE_CTX_new()
        defer { X509_STORE_CTX_free(context) }
        guard X509_STORE_CTX_init(context, store, leaf, stack) == 1 else {
            return ChainVerdict(code: VerificationCode(rawValue: 1), depth: 0, chain: [])
        }
        Self.apply(question, to: context)
        let trusted = choice.run(context) { X509_verify_cert(context) == 1 }
        let code = X509_STORE_CTX_get_error(context)
        return ChainVerdict(
            // A refusal never carries the code of success.
            code: trusted ? .ok : VerificationCode(rawValue: code == 0 ? 1 : code),
            depth: Int(X509_STORE_CTX_get_error_depth(context)),
            chain: Self.chain(X509_STORE_CTX_get0_chain(context))
        )
    }

    private static func apply(_ question: Question, to context: OpaquePointer?) {
        X509_STORE_CTX_set_purpose(context, X509_PURPOSE_SSL_CLIENT)
        let parameters = X509_STORE_CTX_get0_param(context)
        let seconds = (question.time.milliseconds - (question.time.milliseconds < 0 ? 999 : 0)) / 1000
        X509_VERIFY_PARAM_set_time(parameters, Int(seconds))
        X509_VERIFY_PARAM_set_flags(parameters, question.flags)
        X509_VERIFY_PARAM_set_depth(parameters, Int32(question.depth))
        X509_VERIFY_PARAM_set_auth_level(parameters, Int32(question.securityLevel))
    }

    private static func chain(_ stack: OpaquePointer?) -> [ClientCertificate] {
        (0..<max(0, COpenSSL_X509_stack_count(stack))).compactMap { index in
            var encoded: UnsafeMutablePointer<UInt8>?
            let count = i2d_X509(COpenSSL_X509_stack_at(stack, index), &encoded)
            defer { COpenSSL_free(encoded) }
            guard let encoded, count > 0 else { return nil }
            return try? ClientCertificate(der: [UInt8](UnsafeBufferPointer(start: encoded, count: Int(count))))
        }
    }
}
