extension Explanation {
    /// What has to do with taking certificates back.
    static let ofRevocation: [Explanation] = [
        Explanation(
            "The certificate is revoked",
            .revoked,
            codes: [23],
            reasons: ["certificate_revoked"],
            alert: "certificate_revoked (44)",
            owners: [.client],
            meaning: "The issuer has put the certificate on its revocation list.",
            cause:
                "It was replaced, given up, or its key got out. A client that goes on trying was forgotten, or its key "
                + "is in the wrong hands.",
            action: "Issue a new certificate with a new key; find out who still uses the old one."
        ),
        Explanation(
            "A revocation list is missing",
            .crl,
            codes: [3],
            alert: "unknown_ca (48)",
            owners: [.server],
            meaning: "Revocation is checked, and there is no list of this issuer.",
            cause: "When the whole chain is checked, every intermediate needs a list of its own.",
            action: "Load the issuer's list."
        ),
        Explanation(
            "A revocation list has expired",
            .crl,
            codes: [12],
            alert: "certificate_expired (45), which misleads",
            owners: [.server, .pki],
            meaning: "The list is past its next update: every client of that CA is turned away, and told that its own "
                + "certificate has expired.",
            cause: "Publishing or fetching the list has stopped.",
            action: "Fetch a new list and reload; watch the next update."
        ),
        Explanation(
            "A revocation list cannot be used",
            .crl,
            codes: [11, 8, 33, 5, 35, 36],
            alert: "bad_certificate (42), decrypt_error (51) or unknown_ca (48)",
            owners: [.server],
            meaning: "The list is not yet valid, not signed by the issuer, or its issuer is missing.",
            cause: "The clock, the wrong file, or a list made with a former key of the CA.",
            action: "Replace the list."
        ),
        Explanation(
            "The status service said no, or nothing",
            .crl,
            codes: [73, 74, 75],
            alert: "certificate_unknown (46)",
            owners: [.server, .pki],
            meaning: "OCSP could not confirm the certificate.",
            cause: "The responder is down, asked about the wrong issuer, or does not know the certificate.",
            action: "Check the responder, and decide what the server does when it is down."
        ),
    ]
}
