import AuditStore
import CertCore
import SafeText

extension SectionBuilder {
    /// What lint says about certificates that were let in.
    var findings: ReportSection {
        let unread = summary.unlintedCertificates
        var lead: SafeText = """
            What is weak or unusual in certificates that were let in. \
            \(number(Int64(summary.lintedCertificates))) were examined
            """
        if unread > 0 {
            lead += """
                ; of \(number(Int64(unread))) others only names and fingerprints are stored, or they come after the \
                5,000 most used
                """
        }
        lead += "."
        return ReportSection(
            id: "findings",
            title: "Findings in use",
            lead: lead,
            blocks: [
                table(
                    [
                        .text("Severity"), .text("Finding"), .number("Certificates"), .number("Accepted"),
                        .text("For example"), .text("Rule"),
                    ],
                    summary.findings,
                    "findings",
                    empty: summary.lintedCertificates == 0 && unread > 0
                        ? "Nothing could be examined." : "Nothing was found."
                ) { use in
                    .init([
                        .mark(Self.mark(use.finding.severity), SafeText(use.finding.severity.rawValue)),
                        .words("\(use.finding.message) (\(use.finding.id))"), .number(Int64(use.certificates)),
                        .number(use.accepted), use.examples.first.map { .certificate($0) } ?? .none,
                        .words(SafeText(use.finding.reference)),
                    ])
                }
            ]
        )
    }

    private static func mark(_ severity: CertificateFinding.Severity) -> ReportCell.Mark {
        switch severity {
        case .error: .bad
        case .warning: .warn
        case .info: .plain
        }
    }

    /// One credential in many places.
    var shared: ReportSection {
        let shared = summary.certificates.filter { $0.addresses >= Self.sharedFrom }
            .sorted { left, right in
                (left.addresses, left.count.events, right.certificate.id)
                    > (right.addresses, right.count.events, left.certificate.id)
            }
        return ReportSection(
            id: "shared",
            title: "Shared credentials",
            lead: """
                Certificates that came from \(Self.sharedFrom) addresses or more: a fleet behind one identity, \
                or a key that has been copied.
                """,
            blocks: [
                table(
                    [
                        .text("Certificate"), .number("Addresses"), .number("Accepted"), .number("Rejected"),
                        .text("Last seen"),
                    ],
                    shared,
                    "certificates",
                    empty: "No certificate came from \(Self.sharedFrom) addresses or more."
                ) { use in
                    let most = use.addresses >= CertificateActivity.mostAddresses
                    return .init([
                        .certificate(use.certificate),
                        most ? .words("\(use.addresses) or more") : .number(Int64(use.addresses)),
                        .number(use.count.accepted), .number(use.count.rejected), .time(use.times.upperBound),
                    ])
                }
            ]
        )
    }

    /// Credentials nobody uses any more.
    var dormant: ReportSection {
        ReportSection(
            id: "dormant",
            title: "Dormant certificates",
            lead: """
                Certificates of the whole log, whatever the filter and the period, that were accepted before, are \
                still valid, and have not been seen for seven days and three times their usual gap.
                """,
            blocks: [
                table(
                    [
                        .text("Certificate"), .text("Issuer"), .text("Valid until"), .text("Last seen"),
                        .number("Accepted, ever"),
                    ],
                    summary.dormant,
                    "certificates",
                    empty: "No valid certificate has gone quiet."
                ) { usage in
                    .init([
                        .certificate(usage.certificate), .foreign(usage.certificate.issuerName),
                        .day(usage.certificate.notAfter), .time(usage.lastSeen), .number(usage.accepted),
                    ])
                }
            ]
        )
    }
}
