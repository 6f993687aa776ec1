import AuditEvents
import CertCore
import SafeText

extension CertificateRow {
    /// The row of a certificate of which an event tells only fingerprints or names.
    init(id: Int64, identity: [UInt8], claimedBy event: ScannedEvent) {
        self.init(id: id, identity: identity)
        sha256 = event.fingerprint(.fingerprint256).flatMap { $0.algorithm == .sha256 ? $0.bytes : nil }
        sha1 = event.fingerprint(.fingerprint1).flatMap { $0.algorithm == .sha1 ? $0.bytes : nil }
        commonName = event.text(.commonName)
        subject = event.subjectText
        issuer = event.issuerText
        serial = event.text(.serial)
        notBefore = event.text(.notBefore).flatMap(PeerDate.parse)?.milliseconds
        notAfter = event.text(.notAfter).flatMap(PeerDate.parse)?.milliseconds
        alternativeNames = event.text(.san).map { Self.json(Self.split($0)) }
        if let name = subject ?? commonName.map({ "CN=" + $0 }) {
            identityKey = CertificateIdentity.key(subject: name, issuer: issuer)
        }
    }

    /// A JSON array of texts.
    static func json(_ texts: [String]) -> String {
        var writer = JSONWriter(capacity: 64)
        writer.beginArray()
        for text in texts { writer.value(text) }
        writer.endArray()
        return writer.string
    }

    /// The entries of Node's `subjectaltname`; a comma inside a quoted value belongs to the value.
    private static func split(_ text: String) -> [String] {
        var entries: [String] = []
        var entry = ""
        var isQuoted = false
        var isEscaped = false
        for scalar in text.unicodeScalars {
            if scalar == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = scalar == "\\" && !isEscaped
            if scalar == ",", !isQuoted {
                entries.append(entry)
                entry = ""
            } else if scalar != " " || !entry.isEmpty {
                entry.unicodeScalars.append(scalar)
            }
        }
        return entry.isEmpty ? entries : entries + [entry]
    }
}
