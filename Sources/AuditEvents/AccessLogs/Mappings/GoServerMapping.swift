import CertCore

/// What Go's HTTP server says of a handshake that failed; Caddy and Traefik write it to their own logs.
///
/// `http: TLS handshake error from 10.0.0.1:51544: tls: client didn't provide a certificate`.
enum GoServerMapping {
    private static let beginning = "http: TLS handshake error from "

    static func isHandshakeError(_ record: RecordValues) -> Bool {
        record[.message]?.starts(with: beginning.utf8) == true
    }

    static func map(_ draft: inout RecordDraft) -> Bool {
        guard let message = draft.record[.message], message.starts(with: beginning.utf8) else { return false }
        let isCaddy = draft.record.has(.logger)
        draft.takeRequest(source: isCaddy ? "caddy" : "traefik")
        if draft.event.time == nil { draft.setTime(.logTime) }
        let rest = UnsafeRawBufferPointer(rebasing: message[beginning.utf8.count...])
        guard let split = separator(in: rest) else { return false }
        draft.setAddress(UnsafeRawBufferPointer(rebasing: rest[..<split]))
        draft.reject(reason(of: String(decoding: rest[(split + 2)...], as: UTF8.self)))
        return true
    }

    /// The first `: ` ends the address.
    private static func separator(in text: UnsafeRawBufferPointer) -> Int? {
        text.indices.dropLast().first { text[$0] == UInt8(ascii: ":") && text[$0 + 1] == UInt8(ascii: " ") }
    }

    private static let phrases: [(String, String)] = [
        ("client didn't provide a certificate", "ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE"),
        ("is before", "CERT_NOT_YET_VALID"),
        ("certificate has expired", "CERT_HAS_EXPIRED"),
        ("signed by unknown authority", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"),
        ("incompatible key usage", "INVALID_PURPOSE"),
        ("certificate has been revoked", "CERT_REVOKED"),
        ("too many intermediates", "PATH_LENGTH_EXCEEDED"),
        ("not authorized to sign", "INVALID_CA"),
        ("insecure algorithm", "CA_MD_TOO_WEAK"),
        ("invalid signature by the client certificate", "CERT_SIGNATURE_FAILURE"),
    ]

    private static func reason(of text: String) -> String {
        for (phrase, name) in phrases where text.contains(phrase) { return name }
        return OpenSSLErrorText.handshakeName(of: text.hasPrefix("tls: ") ? String(text.dropFirst(5)) : text)
    }
}
