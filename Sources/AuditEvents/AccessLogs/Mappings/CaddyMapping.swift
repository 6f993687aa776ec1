/// Caddy's JSON access log: `request.tls` names the certificate by common name and decimal serial.
///
/// `log_append` may add the certificate itself as `cert_der` and `cert_sha256`. It does not tell whether the chain was verified (`require` alone does not look), so `verified` stays unknown.
enum CaddyMapping {
    static func map(_ draft: inout RecordDraft) -> Bool {
        guard draft.record.has(.tls) else { return false }
        draft.takeRequest(source: "caddy")
        if let number = draft.record.number(.protocolNumber) { draft.set(.protocolVersion, TLSNumbers.version(number)) }
        if let number = draft.record.number(.cipherNumber) { draft.set(.cipher, TLSNumbers.cipher(number)) }
        guard draft.showsCertificate else {
            draft.rejectWithoutCertificate()
            return true
        }
        draft.takeCertificate()
        draft.setDecimalSerial()
        draft.accept(isVerified: nil)
        return true
    }
}
