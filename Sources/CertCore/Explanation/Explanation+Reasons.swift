extension Explanation {
    /// The reasons that hooks report.
    static let ofReasons: [Explanation] = [
        Explanation(
            "The TLS layer did not authorize the connection",
            .other,
            reasons: ["socket_not_authorized"],
            owners: [.client, .server],
            meaning:
                "The connection has no trusted client certificate. Without a code or a certificate in the event the "
                + "true reason is not known.",
            cause:
                "Any fault of certificate or chain; also a server that does not ask for certificates, or plain HTTP.",
            action: "Let the hook forward authorizationError and the certificate; mtlstop then names the true reason."
        ),
        Explanation(
            "Authorized, but no certificate can be read",
            .other,
            reasons: ["certificate_not_retrievable"],
            owners: [.server],
            meaning: "The TLS layer trusts the connection and shows no certificate.",
            cause: "A resumed session or a pre-shared key, or a wrapped socket that hides the TLS one.",
            action: "See whether the session was resumed; look at the framework's adapter."
        ),
        Explanation(
            "The certificate header is missing or cannot be read",
            .header,
            reasons: ["header_missing_or_malformed"],
            owners: [.server],
            meaning: "The request came without a usable certificate header.",
            cause:
                "The request did not come through the proxy, the preset does not fit it, or the header was repeated, "
                + "cut at a size limit, or held more than ten certificates.",
            action: "Compare the preset with what the proxy writes; see that nothing reaches the server past the proxy."
        ),
        Explanation(
            "The proxy did not verify the certificate",
            .verifyHeader,
            reasons: ["verification_header_mismatch"],
            owners: [.client, .server],
            meaning: "The proxy's verdict is not the expected value; it is compared to the letter.",
            cause: "The certificate failed at the proxy (FAILED:…), none was sent (NONE), or the expected value is "
                + "spelt otherwise.",
            action: "Look at the verdict's actual value: after FAILED: stands libcrypto's text, which "
                + "`mtlstop explain` knows."
        ),
        Explanation(
            "The application's rules said no",
            .policy,
            codes: [50],
            reasons: ["callback_returned_false"],
            owners: [.server, .client],
            meaning: "The certificate is in order; the policy does not let it in. Anything but exactly true is a no.",
            cause: "A name or fingerprint that is not on the list: SHA-1 against SHA-256, the case of a common name or "
                + "of a URI's path, a renewed certificate.",
            action: "Compare the certificate's values with the allow-list."
        ),
        Explanation(
            "The application's rules failed",
            .policy,
            reasons: ["callback_threw"],
            owners: [.server],
            meaning: "The policy threw an error without a message; the request was turned away.",
            cause: "A fault in the application, or something it asks did not answer.",
            action: "Look into the application's log at that moment."
        ),
        Explanation(
            "The Lambda event has no client certificate",
            .header,
            reasons: ["lambda_event_missing_clientcert"],
            owners: [.server],
            meaning: "The event lacks requestContext.authentication.clientCert and requestContext.identity.clientCert.",
            cause: "Mutual TLS is not switched on for the custom domain, or the default endpoint was called.",
            action: "Switch mutual TLS on for the domain and the default endpoint off."
        ),
        Explanation(
            "The Lambda event's client certificate cannot be read",
            .header,
            reasons: ["lambda_event_clientcert_malformed"],
            owners: [.server],
            meaning: "The event has a clientCert without readable PEM.",
            cause: "Something between API Gateway and the function rewrote the event.",
            action: "Log the shape of the event (not its content) and compare it with API Gateway's documentation."
        ),
        Explanation(
            "The handshake failed",
            .handshake,
            reasons: ["ECONNRESET"],
            owners: [.client, .server],
            meaning: "The connection ended before a certificate could be judged.",
            cause: "No common protocol version or cipher, a client that gave up, a scanner.",
            action: "Look at the TLS layer's own error, and at how often and from where it comes."
        ),
        unknown,
    ]

    /// When nothing else is known.
    static let unknown = Explanation(
        "An unknown reason",
        .other,
        codes: [1],
        reasons: ["UNSPECIFIED"],
        owners: [.server],
        meaning:
            "The reporter gave a reason that says nothing more. Node says UNSPECIFIED for every code it has no name for.",
        cause: "Name constraints, a critical extension, a weak key or digest, or an issuer that is no CA.",
        action: "Let the hook forward the certificate: it is verified again, and the true code shown."
    )
}
