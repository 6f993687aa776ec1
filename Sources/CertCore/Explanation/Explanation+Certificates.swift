extension Explanation {
    /// What is wrong with the client's own certificate.
    static let ofCertificates: [Explanation] = [
        Explanation(
            "The client sent no certificate",
            .noCertificate,
            reasons: ["NONE", "ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE"],
            alert: "TLS 1.2 handshake_failure (40), TLS 1.3 certificate_required (116)",
            owners: [.client],
            meaning: "The TLS handshake was made, but the client had no certificate to offer. Node shows this as "
                + "UNABLE_TO_GET_ISSUER_CERT with an empty certificate: no issuer is missing.",
            cause: "The client has no certificate or key configured, cannot read the key, or none of its certificates "
                + "fits the CA names and signature algorithms that the server asks for.",
            action: "Configure certificate and key at the client; compare the CA names that the server sends with the "
                + "certificate's issuer."
        ),
        Explanation(
            "The certificate has expired",
            .expired,
            codes: [10],
            reasons: ["certificate_expired"],
            alert: "certificate_expired (45)",
            owners: [.client, .pki],
            meaning: "The certificate, or an issuer above it, is past its last moment. If the client's own certificate "
                + "still looks valid, it is an intermediate or the root.",
            cause: "The renewal did not run; or it did, and the process still holds the old certificate; or an old "
                + "intermediate is still sent or trusted.",
            action:
                "Renew the certificate and reload the client. For an issuer: send and trust its successor; renewing "
                + "the leaf does not help. Check the clocks."
        ),
        Explanation(
            "The certificate is not yet valid",
            .notYetValid,
            codes: [9],
            reasons: ["certificate_not_yet_valid"],
            alert: "bad_certificate (42)",
            owners: [.server, .pki],
            meaning: "The certificate's first moment lies in the future.",
            cause: "The server's or the issuer's clock is wrong, or the certificate was issued in advance.",
            action: "Synchronise the clocks; let the CA date certificates a few minutes back."
        ),
        Explanation(
            "A self-signed certificate that is not trusted",
            .selfSigned,
            codes: [18],
            alert: "unknown_ca (48)",
            owners: [.client, .server],
            meaning: "The certificate signed itself, and the server does not know it.",
            cause: "A test certificate, or a set-up that pins certificates and lacks this one.",
            action: "Issue the client's certificate from your CA, or add it to the server's trusted certificates."
        ),
        Explanation(
            "The certificate is not for authenticating clients",
            .badPurpose,
            codes: [26],
            alert: "unsupported_certificate (43)",
            owners: [.client, .pki],
            meaning: "The extended key usage lacks clientAuth: the certificate is for servers. A certificate without "
                + "any extended key usage would pass.",
            cause: "A server certificate used as a client certificate; public CAs no longer issue clientAuth.",
            action: "Issue the client's certificate from a private CA with a client profile."
        ),
        Explanation(
            "The key may not sign a handshake",
            .badPurpose,
            codes: [26, 39],
            alert: "unsupported_certificate (43)",
            owners: [.pki],
            meaning: "The key usage lacks digitalSignature, so the key must not be used to prove its possession.",
            cause: "A template for encryption keys (keyEncipherment only) was used.",
            action: "Issue the certificate again with digitalSignature."
        ),
        Explanation(
            "The key is too weak",
            .weak,
            codes: [66, 67],
            alert: "bad_certificate (42)",
            owners: [.client, .pki],
            meaning: "A key of the chain is below the server's security level.",
            cause: "RSA with 1024 bits; an update of the server can raise the level overnight.",
            action: "Make a new key, RSA with at least 2048 bits or P-256, and issue the certificate again."
        ),
        Explanation(
            "A signature with a weak digest",
            .weak,
            codes: [68],
            alert: "bad_certificate (42)",
            owners: [.pki],
            meaning: "A certificate of the chain is signed with SHA-1 or MD5.",
            cause: "An old intermediate or leaf.",
            action: "Issue it again with SHA-256."
        ),
        Explanation(
            "The key spells out its curve",
            .chain,
            codes: [94],
            alert: "bad_certificate (42)",
            owners: [.client],
            meaning: "The elliptic-curve key carries the parameters of the curve instead of its name.",
            cause: "Old hardware or an old library made the key.",
            action: "Make a new key on a named curve."
        ),
    ]
}
