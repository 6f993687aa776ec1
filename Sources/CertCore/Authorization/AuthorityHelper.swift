import SafeText

/// Lets in certificates that chain up to one of these CAs, by signatures and not by names.
///
/// Each link's signature is verified, as are basic constraints, key usage and extended key usage of every CA, path
/// lengths, name constraints, critical extensions and validity now. The chain that came along is used even when the
/// options keep it out of the certificate. Revocation is not looked at. An anchor may be an intermediate.
///
/// - Parameters:
///   - anchors: The CAs; throws when there are none, or one is no CA or may not issue client certificates.
///   - maximumDepth: How many CAs may stand between the certificate and the anchor, 0 to 10.
///   - clock: What time it is.
public func allowCA(
    _ anchors: [ClientCertificate],
    maximumDepth: Int = 10,
    clock: @escaping @Sendable () -> Timestamp = { .now() }
) throws(ConfigurationError) -> AuthorizationCallback {
    guard !anchors.isEmpty else { throw ConfigurationError("allowCA needs at least one anchor") }
    guard (0...10).contains(maximumDepth) else { throw ConfigurationError("allowCA: maxDepth must be from 0 to 10") }
    for anchor in anchors {
        guard anchor.isCertificateAuthority else { throw ConfigurationError("allowCA: an anchor is no CA") }
        guard allowsClients(anchor) else {
            throw ConfigurationError("allowCA: an anchor may not issue client certificates")
        }
    }
    var settings = ChainVerifier.Settings()
    settings.allowsPartialChain = true
    settings.maximumDepth = maximumDepth
    guard let verifier = try? ChainVerifier(anchors: anchors, settings: settings) else {
        throw ConfigurationError("allowCA: an anchor cannot be read")
    }
    return { certificate, _ in
        let verdict = try verifier.verify(certificate, at: clock())
        // libcrypto takes version 1 roots and old Netscape marks for CAs; here basic constraints must say so.
        return verdict.isTrusted && verdict.chain.count > 1
            && verdict.chain.dropFirst().allSatisfy { $0.isCertificateAuthority && allowsClients($0) }
    }
}

private func allowsClients(_ certificate: ClientCertificate) -> Bool {
    let usage = certificate.extendedKeyUsage
    return usage.isEmpty || usage.contains("1.3.6.1.5.5.7.3.2") || usage.contains("2.5.29.37.0")
}
