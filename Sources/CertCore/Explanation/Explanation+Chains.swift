extension Explanation {
    /// What is wrong above the client's certificate.
    static let ofChains: [Explanation] = [
        issuerExpired,
        Explanation(
            "Nobody trusted issued the certificate",
            .unknownIssuer,
            codes: [20, 21],
            alert: "unknown_ca (48)",
            owners: [.client, .server],
            meaning: "The server knows no certificate that issued this one.",
            cause:
                "The client sends only its own certificate and the intermediate is missing; or the certificate comes "
                + "from another CA.",
            action:
                "Compare the issuer's name and key identifier with the server's CAs. If an intermediate is missing, "
                + "send the whole chain; else use a certificate of the right CA."
        ),
        Explanation(
            "A chain that ends in an unknown root",
            .selfSigned,
            codes: [19],
            alert: "unknown_ca (48)",
            owners: [.client, .server],
            meaning: "The client sent a chain up to its root, and the server does not trust that root.",
            cause: "A certificate of another environment, or a new root that the server's bundle lacks.",
            action: "Compare the root's fingerprint with the trust bundle; update the bundle or change the certificate."
        ),
        Explanation(
            "The issuer of an intermediate is missing",
            .unknownIssuer,
            codes: [2],
            alert: "unknown_ca (48)",
            owners: [.server],
            meaning: "An intermediate is known, but not who issued it.",
            cause: "Only the intermediate is in the trust bundle.",
            action: "Add the root, or allow partial chains."
        ),
        Explanation(
            "A signature does not verify",
            .badSignature,
            codes: [7, 4, 6],
            alert: "decrypt_error (51)",
            owners: [.pki],
            meaning: "The bytes were changed, or another key of the same name signed them.",
            cause: "The CA has a new key under its old name, the file is damaged, or somebody forged it.",
            action:
                "Compare the authority key identifier with the trusted CA's key; treat it as a security event until "
                + "it is explained."
        ),
        Explanation(
            "The issuer may not issue certificates",
            .chain,
            codes: [79, 32, 24],
            alert: "unknown_ca (48)",
            owners: [.pki],
            meaning: "A certificate of the chain was used as a CA without being one.",
            cause: "A leaf that issues others, or an intermediate without basic constraints or keyCertSign.",
            action: "Issue the intermediate again with the right extensions."
        ),
        Explanation(
            "More CAs than allowed below one of them",
            .chain,
            codes: [25],
            alert: "unknown_ca (48)",
            owners: [.pki],
            meaning: "A CA's path length does not allow so many CAs below it.",
            cause: "A further CA was put in between.",
            action: "Issue with a larger path length, or shorten the chain."
        ),
        Explanation(
            "The chain is too long",
            .chain,
            codes: [22],
            alert: "unknown_ca (48)",
            owners: [.server],
            meaning: "The chain is deeper than the server looks.",
            cause: "nginx looks one level up unless ssl_verify_depth says otherwise.",
            action: "Raise the server's verification depth."
        ),
        Explanation(
            "A critical extension that nobody understands",
            .chain,
            codes: [34],
            alert: "certificate_unknown (46)",
            owners: [.pki],
            meaning: "The certificate demands an extension that the server does not know.",
            cause: "A private extension marked critical.",
            action: "Issue the certificate with that extension not critical."
        ),
        Explanation(
            "A name that its CA may not certify",
            .name,
            codes: [47, 48],
            alert: "certificate_unknown (46)",
            owners: [.pki],
            meaning: "A name of the certificate lies outside the CA's name constraints.",
            cause: "The wrong CA issued it, or a name or a common name that looks like a host is outside.",
            action: "Mend the name, or issue from the right CA."
        ),
        Explanation(
            "Trust settings exclude this use",
            .badPurpose,
            codes: [27, 28],
            alert: "bad_certificate (42)",
            owners: [.server],
            meaning: "The trust bundle says that a certificate must not be trusted for clients.",
            cause: "TRUSTED CERTIFICATE entries with limited or rejected purposes.",
            action: "Mend the bundle."
        ),
    ]

    /// The code of an expired certificate, found above the client's own.
    static let issuerExpired = Explanation(
        "An issuer above the certificate has expired",
        .expired,
        codes: [10],
        alert: "certificate_expired (45)",
        owners: [.pki, .server],
        meaning:
            "An intermediate or the root is past its last moment; the client's own certificate may still look valid.",
        cause: "An old intermediate is still sent by clients or still trusted by the server.",
        action:
            "Send the new intermediate and replace it in the trust bundle; renewing the client's certificate does not "
            + "help."
    )
}
