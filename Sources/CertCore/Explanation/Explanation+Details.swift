extension Explanation {
    /// The finer codes of refusals whose reason is a coarse one.
    static let ofDetails: [Explanation] = [
        Explanation(
            "The header comes from a peer that is no trusted proxy",
            .header,
            reasons: ["untrusted_proxy"],
            owners: [.server],
            meaning:
                "The connection does not come from one of the addresses in trustedProxies, so its headers are not read.",
            cause: "A client reached the server past the proxy, or the proxy has an address that is not on the list.",
            action: "Look at the peer's address; add the proxy, or close the way around it."
        ),
        Explanation(
            "The header came more than once, or beside a twin",
            .header,
            reasons: ["ambiguous_header"],
            owners: [.server],
            meaning: "Two header lines could be meant, or two names that differ only in _ and -: readers would choose "
                + "differently.",
            cause: "The proxy adds its header instead of replacing the client's, or a client tries to slip one in.",
            action: "Let the proxy remove the header, in both spellings, before it sets it; look at who sent it."
        ),
        Explanation(
            "The header is too large",
            .header,
            reasons: ["header_too_large"],
            owners: [.server, .client],
            meaning: "The header is longer than 64 KiB (maximumHeaderSize).",
            cause: "A certificate with very many names, a long chain, or somebody who tries out limits.",
            action: "Look at the certificate's size; send the leaf alone, or raise the limit."
        ),
        Explanation(
            "Too many certificates came",
            .header,
            reasons: ["too_many_certificates"],
            owners: [.client, .server],
            meaning: "More than ten certificates stand in the headers, leaf and chain together.",
            cause: "A client that sends a whole trust bundle as its chain.",
            action: "Let the client send its certificate and the intermediates above it, nothing else."
        ),
        Explanation(
            "The header contradicts itself",
            .header,
            reasons: ["identity_mismatch"],
            owners: [.server],
            meaning: "Hash, Subject, Cert and Chain of the chosen XFCC element do not speak of one certificate.",
            cause: "A certificate whose names were made to add pairs to the header, or a proxy that mixes up elements.",
            action: "Treat it as an attack until it is explained; look at the element that xfccElement chooses."
        ),
    ]
}
