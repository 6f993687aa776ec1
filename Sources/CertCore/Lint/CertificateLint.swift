extension ClientCertificate {
    /// Looks for what makes trouble in client certificates, the gravest first.
    ///
    /// - Parameter time: When `expired` and `not yet valid` are judged.
    public func findings(at time: Timestamp) -> [CertificateFinding] { findings(LintContext(now: time)) }

    /// Looks for what makes trouble in client certificates, the gravest first.
    ///
    /// The checks are C01 to C50; docs/certificates.md lists them.
    public func findings(_ context: LintContext) -> [CertificateFinding] {
        let subject = LintSubject(self, context)
        let all =
            subject.usageFindings + subject.keyUsageFindings + subject.kindFindings + subject.validityFindings
            + subject.keyFindings + subject.signatureFindings + subject.serialFindings + subject.presenceFindings
            + subject.nameFindings + subject.textFindings + subject.spiffeFindings + subject.chainFindings
            + subject.historyFindings + subject.encodingFindings
        return all.enumerated()
            .sorted {
                $0.element.severity != $1.element.severity
                    ? $0.element.severity > $1.element.severity : $0.offset < $1.offset
            }
            .map(\.element)
    }
}

/// A certificate and all that its checks look at, read once.
struct LintSubject {
    let certificate: ClientCertificate
    let context: LintContext
    let details: CertificateDetails?
    let encoding: EncodingFacts?
    let issuer: ClientCertificate?

    init(_ certificate: ClientCertificate, _ context: LintContext) {
        self.certificate = certificate
        self.context = context
        details = try? certificate.details()
        encoding = (try? certificate.content.reopen()).map(EncodingFacts.init)
        issuer =
            context.issuer
            ?? (certificate.issuers + certificate.accompanying).first {
                $0 != certificate && $0.subject == certificate.issuer
            }
    }

    /// The URIs among the further names.
    var uris: [String] {
        certificate.subjectAlternativeNames.compactMap { name in
            if case .uri(let uri) = name { uri } else { nil }
        }
    }

    /// Whether one of the URIs is a SPIFFE identity.
    var isSPIFFE: Bool { uris.contains { ASCII.lowercased($0).hasPrefix("spiffe://") } }

    /// Whether the certificate has an extension.
    func has(_ oid: String) -> Bool { details?.extensions.contains { $0.oid == oid } ?? false }

    /// Whether an extension is there and marked critical.
    func isCritical(_ oid: String) -> Bool {
        details?.extensions.contains { $0.oid == oid && $0.isCritical } ?? false
    }
}
