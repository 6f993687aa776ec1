import CertCore

/// nginx's access log in the format that `integrations/nginx` ships.
///
/// `$ssl_client_verify` is `NONE`, `SUCCESS` or `FAILED:` and libcrypto's words; with `ssl_verify_client on` a refused
/// request is logged with status 400 and all that is known of the certificate.
enum NginxMapping {
    static func map(_ draft: inout RecordDraft) -> Bool {
        // A server without TLS writes an empty verdict.
        guard let verdict = draft.record[.verify] else { return false }
        draft.takeRequest(source: "nginx")
        if verdict.elementsEqual("NONE".utf8) {
            draft.reject(verdict)
            return true
        }
        draft.takeCertificate()
        if verdict.elementsEqual("SUCCESS".utf8) {
            draft.accept(isVerified: true)
        } else {
            draft.reject(verdict)
        }
        return true
    }
}
