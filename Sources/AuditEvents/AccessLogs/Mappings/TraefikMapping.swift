/// Traefik's JSON access log: the subject is all it tells of a certificate.
enum TraefikMapping {
    static func map(_ draft: inout RecordDraft) -> Bool {
        guard let version = draft.record[.protocolName] else { return false }
        draft.takeRequest(source: "traefik")
        if draft.event.time == nil { draft.setTime(.logTime) }
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
}
