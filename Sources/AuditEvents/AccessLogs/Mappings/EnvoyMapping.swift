import CertCore

/// Envoy's JSON access log, of a listener or of its HTTP connection manager.
///
/// Only a listener's log names why a handshake failed; a request's log knows the certificate, and what RBAC or the
/// authorization service thought of it.
enum EnvoyMapping {
    static func map(_ draft: inout RecordDraft) -> Bool {
        let record = draft.record
        guard record[.failure] != nil || record[.protocolName] != nil || draft.showsCertificate else { return false }
        draft.takeRequest(source: "envoy")
        draft.takeCertificate()
        if let failure = record.string(.failure) {
            draft.reject(reason(of: failure))
        } else if !draft.showsCertificate {
            draft.rejectWithoutCertificate()
        } else if let details = record[.details], isDenial(details) {
            draft.refuse(details)
        } else {
            draft.accept(isVerified: true)
        }
        return true
    }

    private static func isDenial(_ details: UnsafeRawBufferPointer) -> Bool {
        details.starts(with: "rbac_access_denied".utf8) || details.starts(with: "ext_authz_denied".utf8)
            || details.starts(with: "jwt_authn_access_denied".utf8)
    }

    /// `TLS_error:|268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED:…:TLS_error_end`: libcrypto's words
    /// when they are there, else the name of BoringSSL's error.
    private static func reason(of failure: String) -> String {
        let parts = failure.split(whereSeparator: { $0 == ":" || $0 == "|" }).map(trimmed).filter { !$0.isEmpty }
        for part in parts {
            if let code = VerificationCode(text: part.split(separator: "_").joined(separator: " ")), code != .ok {
                return code.name
            }
        }
        let names = parts.filter { part in
            part.unicodeScalars.allSatisfy { ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_" }
                && !part.unicodeScalars.allSatisfy { ("0"..."9").contains($0) }
        }
        if let name = names.last { return "ERR_SSL_" + name }
        return OpenSSLErrorText.handshakeName(of: failure)
    }

    private static func trimmed(_ part: Substring) -> String {
        var part = part
        while part.first == " " { part.removeFirst() }
        while part.last == " " { part.removeLast() }
        return String(part)
    }
}
