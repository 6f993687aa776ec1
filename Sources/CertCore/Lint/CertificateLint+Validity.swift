import SafeText

extension LintSubject {
    private static let reference: SafeText = "RFC 5280 section 4.1.2.5"

    private var notBefore: Timestamp { certificate.notBefore }
    private var notAfter: Timestamp { certificate.notAfter }

    /// C09 to C13: expired, not yet valid, and lifetimes that are wrong or long.
    var validityFindings: [CertificateFinding] {
        if notAfter <= notBefore {
            return [
                .init("C11_validity_inverted", .error, "The certificate ends before it begins.", Self.reference.string)
            ]
        }
        var found: [CertificateFinding] = []
        if context.now > notAfter { found.append(expired("The certificate expired on \(date(notAfter)).")) }
        if context.now < notBefore { found.append(early("The certificate becomes valid on \(date(notBefore)).")) }
        if let use = context.lastUse, use > notAfter {
            found.append(expired("It had expired already when it was used last, at \(use.rfc3339)."))
        }
        if let use = context.lastUse, use < notBefore {
            found.append(early("It was not yet valid when it was used last, at \(use.rfc3339)."))
        }
        return found + lifetimeFindings
    }

    private func expired(_ message: SafeText) -> CertificateFinding {
        .init("C09_expired", .error, message, Self.reference.string, explains: [10])
    }

    private func early(_ message: SafeText) -> CertificateFinding {
        .init("C10_not_yet_valid", .error, message, Self.reference.string, explains: [9])
    }

    private var lifetimeFindings: [CertificateFinding] {
        let days = lifetimeInDays
        if notAfter.civil.year >= 9999 || days > 3653 {
            return [
                .init("C13_no_expiry", .warning, "The certificate practically never expires.", Self.reference.string)
            ]
        }
        // A CA outlives what it issues.
        guard !certificate.isCertificateAuthority, days > 90 else { return [] }
        return [
            .init(
                "C12_lifetime_too_long",
                days > 398 ? .warning : .info,
                "The certificate is valid for \(Int(days)) days.",
                "policy"
            )
        ]
    }

    /// Whole days from the first moment to the last.
    var lifetimeInDays: Int64 { (notAfter - notBefore) / CivilTime.millisecondsPerDay }

    private func date(_ time: Timestamp) -> String { String(time.rfc3339.prefix(10)) }
}
