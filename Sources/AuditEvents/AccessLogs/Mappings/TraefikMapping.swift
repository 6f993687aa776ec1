/// Traefik's JSON access log: the subject is all it tells of a certificate by itself; with the middleware
/// `passTLSClientCert` and its header kept, the log holds the certificate too.
///
/// Without a subject there was no certificate, and what stands in that header came from the client.
enum TraefikMapping {
    static func map(_ draft: inout RecordDraft) -> Bool {
        guard let version = draft.record[.protocolName] else { return false }
        draft.takeRequest(source: "traefik")
        if draft.event.time == nil { draft.setTime(.logTime) }
        setService(&draft)
        if version.first == UInt8(ascii: "1") {
            draft.set(.protocolVersion, "TLSv" + String(decoding: version, as: UTF8.self))
        }
        guard draft.record[.subject] != nil else {
            draft.rejectWithoutCertificate()
            return true
        }
        draft.takeCertificate()
        draft.accept(isVerified: nil)
        return true
    }

    /// The router's name without its provider (`billing@file`), else the entry point's.
    private static func setService(_ draft: inout RecordDraft) {
        guard draft.event.bytes(.service) == nil else { return }
        guard let router = draft.record[.frontend] else { return draft.copy(.entryPoint, to: .service) }
        let end = router.firstIndex(of: UInt8(ascii: "@")) ?? router.count
        draft.set(.service, UnsafeRawBufferPointer(rebasing: router[..<end]))
    }
}
