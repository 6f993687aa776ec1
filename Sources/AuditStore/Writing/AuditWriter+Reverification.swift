import AuditEvents
import CertCore

// Why a certificate was rejected where the reporter could not tell.
extension AuditWriter {
    /// Sets what rejections are verified again against, beside the CAs that are learned from accepted events.
    package func trust(_ basis: TrustBasis) {
        reverifier.basis = basis
    }

    /// Notes the CAs that came along with a certificate, the first time they do.
    func noteIssuers(of event: ScannedEvent, _ certificate: KnownCertificate?) {
        guard event.issuerCount > 0, let certificate else { return }
        let isTrusted = event.outcome == .authenticated && Self.isVerified(event)
        guard !reverifier.isNoted(certificate.id, isTrusted: isTrusted) else { return }
        reverifier.note(Self.issuers(of: event), of: certificate.id, isTrusted: isTrusted)
    }

    /// What verifying an event's certificate at its time says.
    func recover(
        _ event: ScannedEvent,
        _ certificate: KnownCertificate,
        _ state: CertificateState,
        _ time: Int64
    ) throws(StoreError) -> VerificationCode? {
        if !reverifier.hasRecalled {
            reverifier.hasRecalled = true
            for issuer in try lookups.issuers() { reverifier.note([issuer.der], isTrusted: issuer.isTrusted) }
        }
        return try reverifier.code(of: certificate.id, state: state, at: time) {
            () throws(StoreError) -> ClientCertificate? in
            try self.certificate(of: event, certificate)
        }
    }

    /// The certificate with what came along: from the event, else as it is stored or about to be.
    private func certificate(
        of event: ScannedEvent,
        _ known: KnownCertificate
    ) throws(StoreError) -> ClientCertificate? {
        if let leaf = event.leaf {
            if leaf.form == .pem { return try? ClientCertificate(pem: String(decoding: leaf.bytes, as: UTF8.self)) }
            var der: [UInt8] = []
            guard leaf.decode(into: &der), var certificate = try? ClientCertificate(der: der) else { return nil }
            certificate.issuers = Self.issuers(of: event).compactMap { try? ClientCertificate(der: $0) }
            return certificate
        }
        var der = certificates.changes.der(of: known.id) ?? taken?.certificates.der(of: known.id)
        if der == nil { der = try lookups.der(of: known.id) }
        return der.flatMap { try? ClientCertificate(der: $0) }
    }

    /// The TLS layer said so, or passed on nothing that it does not trust.
    private static func isVerified(_ event: ScannedEvent) -> Bool {
        if let authorized = event.authorized { return authorized }
        let isSocket = event.bytes(.source).map { $0.elementsEqual("socket".utf8) } ?? false
        return isSocket && event.bytes(.authorizationError).map { $0.isEmpty } ?? true
    }

    private static func issuers(of event: ScannedEvent) -> [[UInt8]] {
        (0..<event.issuerCount).compactMap { index in
            var der: [UInt8] = []
            return event.issuerCertificate(index)?.decode(into: &der) == true ? der : nil
        }
    }
}

extension [CertificateChange] {
    /// The DER of a certificate among changes that wait for a commit.
    fileprivate func der(of id: Int64) -> [UInt8]? {
        for change in reversed() {
            switch change {
            case .insert(let row), .complete(let row, _):
                if row.id == id, let der = row.der { return der }
            default: break
            }
        }
        return nil
    }
}
