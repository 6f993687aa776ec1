import COpenSSL

/// What only the encoded certificate tells, for the checks.
struct EncodingFacts {
    /// Whether the algorithm beside the signature is the one that was signed.
    let algorithmsAgree: Bool
    /// The OIDs of critical extensions that libcrypto does not understand.
    let unknownCritical: [String]
    /// Whether several attributes of the subject share one RDN.
    let hasMultiValuedRDN: Bool
    /// Whether the certificate says where its status can be asked.
    let hasStatusService: Bool
    /// The SubjectPublicKeyInfo.
    let publicKeyInfo: [UInt8]

    init(_ handle: X509Handle) {
        publicKeyInfo = handle.publicKeyInfo
        if case .list(let access) = handle.informationAccess {
            hasStatusService = access.contains { $0.method == "OCSP" }
        } else {
            hasStatusService = false
        }
        (algorithmsAgree, unknownCritical, hasMultiValuedRDN) = handle.withUnsafeX509 { x509 in
            (Self.algorithmsAgree(x509), Self.unknownCritical(x509), Self.hasMultiValuedRDN(x509))
        }
        ERR_clear_error()
    }

    private static func algorithmsAgree(_ x509: OpaquePointer) -> Bool {
        var outer: UnsafePointer<X509_ALGOR>?
        X509_get0_signature(nil, &outer, x509)
        guard let outer, let inner = X509_get0_tbs_sigalg(x509) else { return false }
        return X509_ALGOR_cmp(inner, outer) == 0
    }

    private static func unknownCritical(_ x509: OpaquePointer) -> [String] {
        (0..<max(0, X509_get_ext_count(x509))).compactMap { index in
            guard let item = X509_get_ext(x509, index), X509_EXTENSION_get_critical(item) == 1,
                X509_supported_extension(item) == 0
            else { return nil }
            return ObjectIdentifier.text(X509_EXTENSION_get_object(item))
        }
    }

    private static func hasMultiValuedRDN(_ x509: OpaquePointer) -> Bool {
        guard let name = X509_get_subject_name(x509) else { return false }
        let sets = (0..<max(0, X509_NAME_entry_count(name))).map { index in
            X509_NAME_ENTRY_set(X509_NAME_get_entry(name, index))
        }
        return Set(sets).count < sets.count
    }
}
