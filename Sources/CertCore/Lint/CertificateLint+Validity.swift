import SafeText

extension ClientCertificate {
    /// Expired, not yet valid, and lifetimes that are wrong or long.
    func validityFindings(at time: Timestamp) -> [CertificateFinding] {
        let reference = "RFC 5280 section 4.1.2.5"
        if notAfter <= notBefore {
            return [.init("C11_validity_inverted", .error, "The certificate ends before it begins.", reference)]
        }
        var found: [CertificateFinding] = []
        if time > notAfter {
            found.append(
                .init("C09_expired", .error, "The certificate expired on \(date(notAfter)).", reference, explains: [10])
            )
        } else if time < notBefore {
            found.append(
                .init(
                    "C10_not_yet_valid",
                    .error,
                    "The certificate becomes valid on \(date(notBefore)).",
                    reference,
                    explains: [9]
                )
            )
        }
        return found + lifetimeFindings(reference)
    }

    private func lifetimeFindings(_ reference: String) -> [CertificateFinding] {
        let days = (notAfter - notBefore) / CivilTime.millisecondsPerDay
        if notAfter.civil.year >= 9999 || days > 3653 {
            return [.init("C13_no_expiry", .warning, "The certificate practically never expires.", reference)]
        }
        // A CA outlives what it issues.
        guard !isCertificateAuthority, days > 90 else { return [] }
        return [
            .init(
                "C12_lifetime_too_long",
                days > 398 ? .warning : .info,
                "The certificate is valid for \(Int(days)) days.",
                "policy"
            )
        ]
    }

    private func date(_ time: Timestamp) -> String { String(time.rfc3339.prefix(10)) }
}
