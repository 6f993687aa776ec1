import CertCore

/// HAProxy's `log-format` and `error-log-format` as `integrations/haproxy` ships them.
enum HAProxyMapping {
    /// A request: `ssl_c_used` says whether there was a certificate, `ssl_c_verify` is libcrypto's number.
    static func map(_ draft: inout RecordDraft) -> Bool {
        guard let used = draft.record.truth(.used) else { return false }
        takeRequest(&draft)
        guard used else {
            draft.rejectWithoutCertificate()
            return true
        }
        draft.takeCertificate()
        let code = [draft.record.number(.verify), draft.record.number(.certificateError)].compactMap { $0 }.first {
            $0 > 0
        }
        if let code {
            draft.reject(name(of: code))
        } else {
            draft.accept(isVerified: draft.record[.verify] != nil ? true : nil)
        }
        return true
    }

    /// A connection that ended before a request: with `verify required` this is where bad certificates go.
    static func mapError(_ draft: inout RecordDraft) -> Bool {
        takeRequest(&draft)
        draft.takeCertificate()
        let record = draft.record
        let codes = [record.number(.certificateError), record.number(.chainError)]
        if let code = codes.compactMap({ $0 }).first(where: { $0 > 0 }) {
            draft.reject(name(of: code))
        } else if let text = record.string(.tlsErrorText) {
            draft.reject(OpenSSLErrorText.name(of: text))
        } else if let text = record.string(.connectionErrorText), record.number(.connectionError) != 0 {
            draft.reject(OpenSSLErrorText.handshakeName(of: text))
        } else {
            return false
        }
        return true
    }

    private static func takeRequest(_ draft: inout RecordDraft) {
        draft.takeRequest(source: "haproxy")
        guard draft.event.bytes(.service) == nil, let frontend = draft.record[.frontend] else { return }
        // The mark of a frontend whose bind line speaks TLS is no part of its name.
        let isMarked = frontend.last == UInt8(ascii: "~")
        draft.set(.service, isMarked ? UnsafeRawBufferPointer(rebasing: frontend.dropLast()) : frontend)
    }

    private static func name(of code: Int) -> String {
        VerificationCode(rawValue: Int32(clamping: code)).name
    }
}
