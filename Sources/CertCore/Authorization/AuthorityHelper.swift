/// Lets in certificates that chain up to one of these CAs, by signatures and not by names.
///
/// - Parameters:
///   - anchors: The CAs; throws when there are none, or one is no CA or may not issue client certificates. An anchor may
///     be an intermediate.
///   - revocationLists: What the CAs have taken back. With lists, a certificate whose issuer has none is not let in; one
///     that is on a list is refused with the reason `certificate_revoked`.
///   - maximumDepth: How many CAs may stand between the certificate and the anchor, 0 to 10.
///   - clock: What time it is.
public func allowCA(
    _ anchors: [ClientCertificate],
    revocationLists: [RevocationList] = [],
    maximumDepth: Int = 10,
    clock: @escaping @Sendable () -> Timestamp = { .now() }
) throws(ConfigurationError) -> AuthorizationCallback {
    let authorities = try TrustedAuthorities(
        anchors: anchors,
        revocationLists: revocationLists,
        maximumDepth: maximumDepth
    )
    return allowCA({ authorities }, clock: clock)
}

/// Lets in certificates that chain up to a CA of a set that may change, as one that is read from files again and again.
///
/// A certificate that is revoked is refused with the reason `certificate_revoked`.
public func allowCA(
    _ authorities: @escaping @Sendable () -> TrustedAuthorities,
    clock: @escaping @Sendable () -> Timestamp = { .now() }
) -> AuthorizationCallback {
    { certificate, _ in
        switch authorities().judge(certificate, at: clock()) {
        case .trusted: return true
        case .untrusted: return false
        case .revoked: throw CertificateRefused(.certificateRevoked)
        }
    }
}
