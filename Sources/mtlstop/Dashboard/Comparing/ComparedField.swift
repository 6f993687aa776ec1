import AuditEvents
import AuditStore
import CertCore
import SafeText

/// A field of one side: its name and what it holds, one text for each value.
struct ComparedField: Hashable, Sendable {
    var label: SafeText
    var values: [SafeText]

    init(_ label: SafeText, _ value: SafeText?) {
        self.label = label
        values = value.map { [$0] } ?? []
    }

    init(_ label: SafeText, _ values: [SafeText]) {
        self.label = label
        self.values = values
    }

    /// The fields of a side, the same labels in the same order for each kind.
    static func of(_ side: Comparison.Side, _ times: TimeWriter) -> [ComparedField] {
        switch side {
        case .event(let event): of(event, times)
        case .certificate(let dossier): of(dossier, times)
        case .missing: []
        }
    }

    private static func of(_ event: EventRow, _ times: TimeWriter) -> [ComparedField] {
        func text(_ value: String?) -> SafeText? { value.map { SafeText($0) } }
        let request = [
            ComparedField("event", "\(event.id)"),
            ComparedField("outcome", event.outcome == .rejected ? "REJECTED" : "ok"),
            ComparedField("time", times.full(event.time, milliseconds: true)),
            ComparedField("reason", text(event.reason)), ComparedField("class", text(event.rejectionClass?.rawValue)),
            ComparedField("code", event.code.map { "\(SafeText($0.name))" }),
            ComparedField("service", text(event.service)), ComparedField("source", text(event.source)),
            ComparedField("address", text(event.ip)), ComparedField("method", text(event.method)),
            ComparedField("path", text(event.path)), ComparedField("host", text(event.host)),
            ComparedField("agent", text(event.userAgent)), ComparedField("protocol", text(event.tlsProtocol)),
            ComparedField("cipher", text(event.cipher)),
        ]
        guard let certificate = event.certificate else {
            return request + [ComparedField("subject", "(no certificate)")]
        }
        return request + of(certificate, times)
    }

    private static func of(_ summary: CertificateSummary, _ times: TimeWriter) -> [ComparedField] {
        [
            ComparedField("subject", SafeText(summary.subject ?? summary.shownName)),
            ComparedField("issuer", SafeText(summary.shownIssuer)),
            ComparedField("names", summary.subjectAlternativeNames.map { SafeText($0) }),
            ComparedField("serial", summary.serial.map { SafeText($0) }),
            ComparedField("not before", summary.notBefore.map { times.full($0) }),
            ComparedField("not after", summary.notAfter.map { times.full($0) }),
            ComparedField("sha-256", summary.sha256.map { SafeText($0.hex) }),
        ]
    }

    private static func of(_ dossier: CertificateDossier, _ times: TimeWriter) -> [ComparedField] {
        let usage = dossier.record.usage
        var fields = of(usage.certificate, times)
        if let summary = usage.certificate.notAfter.flatMap({ end in usage.certificate.notBefore.map { end - $0 } }) {
            fields.append(ComparedField("lifetime", TimeWriter.span(max(0, summary))))
        }
        if let details = dossier.details {
            fields.append(ComparedField("key", CertificateWords.key(details)))
            fields.append(ComparedField("signature", SafeText(details.signatureAlgorithm)))
            if let certificate = dossier.certificate {
                fields.append(ComparedField("key usage", CertificateWords.usage(certificate, details)))
            }
            fields += details.extensions.map { ComparedField(SafeText($0.name), SafeText($0.text)) }
        }
        return fields + [
            ComparedField("accepted", Figures.grouped(usage.accepted)),
            ComparedField("rejected", Figures.grouped(usage.rejected)),
            ComparedField("last seen", usage.lastSeen.map { times.full($0) }),
            ComparedField("addresses", dossier.record.addresses.map { SafeText($0.name) }),
        ]
    }
}
