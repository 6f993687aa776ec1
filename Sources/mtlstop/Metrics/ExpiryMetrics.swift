import AuditStore
import CertCore

/// Certificates that end soon, as metrics: the names that exporters of certificates use, and the traffic at stake.
///
/// `x509_cert_not_after` is a moment, not a remaining time, so that a series is constant and a rule subtracts `time()`.
enum ExpiryMetrics {
    /// The most certificates that get series of their own; the most urgent ones come first.
    static let mostCertificates = 1000

    /// The whole file.
    static func text(_ list: [ExpiringCertificate], _ forecast: ExpiryForecast, now: Timestamp) -> [UInt8] {
        var text = MetricsText()
        writeCertificates(Array(list.prefix(mostCertificates)), now: now, to: &text)
        writeSummary(list, to: &text)
        writeForecast(forecast, to: &text)
        text.family("mtlstop_expiring_timestamp_seconds", .gauge, "When these metrics were made.")
        text.sample([], seconds(now))
        return text.bytes
    }

    private static func seconds(_ time: Timestamp) -> Int64 { time.milliseconds / 1000 }

    private static func labels(_ entry: ExpiringCertificate) -> [MetricsText.Label] {
        let certificate = entry.certificate
        return [
            ("certificate_id", String(entry.id)),
            ("subject_CN", certificate.displayName ?? ""),
            ("issuer_CN", certificate.issuerName ?? ""),
            ("serial_number", certificate.serial ?? ""),
            ("fingerprint", (certificate.sha256 ?? certificate.sha1)?.hex ?? ""),
            ("role", entry.role.rawValue),
        ]
    }

    private static func writeCertificates(
        _ list: [ExpiringCertificate],
        now: Timestamp,
        to text: inout MetricsText
    ) {
        text.family("x509_cert_not_after", .gauge, "End of validity, in seconds since 1970.")
        for entry in list { if let end = entry.certificate.notAfter { text.sample(labels(entry), seconds(end)) } }
        text.family("x509_cert_not_before", .gauge, "Start of validity, in seconds since 1970.")
        for entry in list { if let start = entry.certificate.notBefore { text.sample(labels(entry), seconds(start)) } }
        text.family("x509_cert_expired", .gauge, "1 when the end of validity has passed.")
        for entry in list { text.sample(labels(entry), entry.remaining <= 0 ? 1 : 0) }
        text.family(
            "mtlstop_certificate_level",
            .gauge,
            "Urgency: -1 not yet valid, 0 ok, 1 notice, 2 warning, 3 critical, 4 imminent, 5 expired."
        )
        for entry in list { text.sample(labels(entry), entry.level.rawValue) }
        text.family(
            "mtlstop_certificate_severity",
            .gauge,
            "What the check says of it: 0 ok, 1 warning, 2 critical; dormant certificates are 0."
        )
        for entry in list { text.sample(labels(entry), entry.severity) }
        text.family("mtlstop_certificate_recent_uses", .gauge, "Uses in the running hour and the 24 before it.")
        for entry in list {
            text.sample(labels(entry) + [("outcome", "authenticated")], entry.uses24h)
            text.sample(labels(entry) + [("outcome", "rejected")], entry.rejected24h)
        }
        text.family("mtlstop_certificate_traffic_ratio", .gauge, "Part of all accepted requests in that time.")
        for entry in list { text.sample(labels(entry), entry.share) }
        text.family("mtlstop_certificate_renewed_ratio", .gauge, "Part of its identity's uses already on a successor.")
        for entry in list { text.sample(labels(entry), entry.successorShare) }
    }

    private static func writeSummary(_ list: [ExpiringCertificate], to text: inout MetricsText) {
        let counting = list.filter(\.counts)
        text.family("mtlstop_certificates", .gauge, "Certificates in use within the horizon, by level.")
        for level in ExpiryLevel.allCases {
            let name = level.title.replacing(" ", with: "_")
            text.sample([("level", name)], counting.count { $0.level == level })
        }
        text.family("mtlstop_certificates_retired", .gauge, "Certificates within the horizon that nobody seems to use.")
        text.sample([], list.count - counting.count)
        text.family("mtlstop_certificates_omitted", .gauge, "Certificates without series of their own.")
        text.sample([], max(0, list.count - mostCertificates))
        text.family("mtlstop_expiring_status", .gauge, "What the check says: 0 ok, 1 warning, 2 critical.")
        text.sample([], list.map(\.severity).max() ?? 0)
    }

    private static func writeForecast(_ forecast: ExpiryForecast, to text: inout MetricsText) {
        text.family(
            "mtlstop_traffic_ending_ratio",
            .gauge,
            "Part of the accepted requests that stops within a time if nothing is renewed."
        )
        for horizon in forecast.horizons {
            let hours = horizon.length / 3_600_000
            let within = hours < 24 ? "\(hours)h" : "\(hours / 24)d"
            text.sample([("within", within)], forecast.share(horizon.uses))
        }
    }
}
