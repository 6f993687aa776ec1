import AuditEvents
import AuditStore
import CertCore
import SafeText

/// One certificate in full, for people and as JSON.
struct CertificateDocument {
    let subject: CertificateSubject
    let now: Timestamp

    /// `peerCertificate` (Node's object), the `chain` that came with it, `details`, `findings` and, from the database,
    /// `usage`.
    func writeJSON(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("peerCertificate")
        if let certificate = subject.certificate { Self.write(certificate, to: &writer) } else { writer.null() }
        writer.key("chain")
        writer.beginArray()
        for issuer in subject.certificate?.issuers ?? [] { Self.write(issuer, to: &writer) }
        writer.endArray()
        writer.key("details")
        if let details = try? subject.certificate?.details() { details.writeJSON(to: &writer) } else { writer.null() }
        writer.key("findings")
        writer.beginArray()
        for finding in findings { finding.writeJSON(to: &writer) }
        writer.endArray()
        if let claim = subject.record?.usage.certificate {
            writer.key("certificate")
            claim.writeJSON(to: &writer)
        }
        writer.key("usage")
        if let record = subject.record { write(record, to: &writer) } else { writer.null() }
        writer.endObject()
    }

    /// What Node shows of the certificate alone.
    private static func write(_ certificate: ClientCertificate, to writer: inout JSONWriter) {
        var certificate = certificate
        certificate.issuers = []
        certificate.writePeerCertificate(to: &writer)
    }

    private var findings: [CertificateFinding] { subject.certificate?.findings(subject.lintContext(at: now)) ?? [] }

    private func write(_ record: CertificateRecord, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("accepted", record.usage.accepted)
        writer.member("rejected", record.usage.rejected)
        writer.member("firstSeen", record.usage.firstSeen?.rfc3339)
        writer.member("lastSeen", record.usage.lastSeen?.rfc3339)
        writer.member("lastOutcome", record.usage.lastOutcome?.name)
        write("addresses", record.addresses, to: &writer)
        write("paths", record.paths, to: &writer)
        write("services", record.services, to: &writer)
        writer.member("sampledEvents", record.sampledEvents)
        writer.key("days")
        writer.beginArray()
        for day in record.days {
            writer.beginObject()
            writer.member("day", String(day.day.rfc3339.prefix(10)))
            writer.member("accepted", day.accepted)
            writer.member("rejected", day.rejected)
            writer.endObject()
        }
        writer.endArray()
        writer.key("lastRejection")
        if let row = record.lastRejection { row.writeJSON(to: &writer) } else { writer.null() }
        writer.endObject()
    }

    private func write(_ key: StaticString, _ counts: [CertificateRecord.Count], to writer: inout JSONWriter) {
        writer.key(key)
        writer.beginArray()
        for count in counts {
            writer.beginObject()
            writer.member("name", count.name)
            writer.member("count", count.count)
            writer.endObject()
        }
        writer.endArray()
    }
}

// MARK: Text

extension CertificateDocument {
    /// The certificate as labelled lines.
    var lines: [SafeText] {
        let certificate = subject.certificate.map(facts) ?? claims
        let notes = findings.map { (SafeText($0.severity.rawValue), $0.message + reference($0)) }
        return (certificate + usage + notes).map { label, value in
            label.padded(to: 16) + value
        }
    }

    /// Which check it is, where its rule stands, and which rejections it is the likely reason of.
    private func reference(_ finding: CertificateFinding) -> SafeText {
        let codes = finding.explains.map { "\($0.rawValue) \($0.name)" }.joined(separator: ", ")
        let explains: SafeText = codes.isEmpty ? "" : "; explains \(codes)"
        return " [\(String(finding.id.prefix(3))), \(finding.reference)\(explains)]"
    }

    private func facts(_ certificate: ClientCertificate) -> [(SafeText, SafeText)] {
        var lines: [(SafeText, SafeText)] = [
            ("subject", SafeText(certificate.subject.rfc2253)),
            ("issuer", SafeText(certificate.issuer.rfc2253)),
            ("serial", SafeText(certificate.serialNumber)),
            ("not before", EventTable.time(certificate.notBefore)),
            ("not after", EventTable.time(certificate.notAfter) + validity(certificate)),
        ]
        lines += certificate.subjectAlternativeNames.map { ("san", SafeText($0.text)) }
        if !certificate.extendedKeyUsage.isEmpty {
            lines.append(("extended usage", SafeText(certificate.extendedKeyUsage.joined(separator: ", "))))
        }
        if let details = try? certificate.details() { lines += facts(details) }
        lines.append(("authority", certificate.isCertificateAuthority ? "yes" : "no"))
        lines.append(("sha256", SafeText(certificate.sha256.hex)))
        lines.append(("sha1", SafeText(certificate.sha1.hex)))
        lines += certificate.issuers.map { ("came with", SafeText($0.subject.rfc2253)) }
        if let fault = ChainFault(certificate, certificate.issuers, at: now) { lines.append(("chain", fault.words)) }
        return lines
    }

    private func facts(_ details: CertificateDetails) -> [(SafeText, SafeText)] {
        let key = details.publicKey
        let size = key.curve ?? key.bits.map { "\($0) bits" }
        var lines: [(SafeText, SafeText)] = []
        if let usage = details.keyUsage { lines.append(("key usage", SafeText(usage.names.joined(separator: ", ")))) }
        lines.append(("key", SafeText([key.algorithm, size].compactMap { $0 }.joined(separator: " "))))
        lines.append(("signed with", SafeText(details.signatureAlgorithm)))
        return lines
    }

    private func validity(_ certificate: ClientCertificate) -> SafeText {
        let level = ExpiryLevel.level(notBefore: certificate.notBefore, notAfter: certificate.notAfter, at: now)
        let left = ExpiryTable.remaining(certificate.notAfter - now)
        return SafeText(" (\(level.title), \(left) left)")
    }

    /// What was said about a certificate that was never seen itself.
    private var claims: [(SafeText, SafeText)] {
        guard let claim = subject.record?.usage.certificate else { return [] }
        var lines: [(SafeText, SafeText)] = [("", "known by what was reported about it, not seen itself")]
        if let text = claim.subject { lines.append(("subject", SafeText(text))) }
        if let text = claim.issuer { lines.append(("issuer", SafeText(text))) }
        if let text = claim.serial { lines.append(("serial", SafeText(text))) }
        if let time = claim.notBefore { lines.append(("not before", EventTable.time(time))) }
        if let time = claim.notAfter { lines.append(("not after", EventTable.time(time))) }
        lines += claim.subjectAlternativeNames.map { ("san", SafeText($0)) }
        if let hex = claim.sha256?.hex { lines.append(("sha256", SafeText(hex))) }
        if let hex = claim.sha1?.hex { lines.append(("sha1", SafeText(hex))) }
        return lines
    }

    private var usage: [(SafeText, SafeText)] {
        guard let record = subject.record else { return [] }
        var lines: [(SafeText, SafeText)] = [
            ("accepted", "\(record.usage.accepted)"),
            ("rejected", "\(record.usage.rejected)"),
        ]
        if let time = record.usage.firstSeen { lines.append(("first seen", EventTable.time(time))) }
        if let time = record.usage.lastSeen { lines.append(("last seen", EventTable.time(time))) }
        if let names = list(record.addresses) { lines.append(("from", names)) }
        if let names = list(record.services) { lines.append(("services", names)) }
        if let names = list(record.paths) { lines.append(("paths", names)) }
        return lines
    }

    private func list(_ counts: [CertificateRecord.Count]) -> SafeText? {
        counts.isEmpty ? nil : SafeText(counts.prefix(5).map { "\($0.name) (\($0.count))" }.joined(separator: ", "))
    }
}
