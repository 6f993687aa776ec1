import AuditStore
import CertCore
import SafeText

extension SectionBuilder {
    /// Certificates nobody had seen before.
    var firstSeen: ReportSection {
        let new = summary.certificates.filter(\.isFirstSeen).sorted { $0.times.lowerBound < $1.times.lowerBound }
        return ReportSection(
            id: "first-seen",
            title: "First seen in the period",
            lead: "Certificates whose first event in the whole log is part of this report.",
            blocks: [
                table(
                    [
                        .text("First event"), .text("Certificate"), .text("Issuer"), .text("Valid until"),
                        .number("Accepted"), .number("Rejected"),
                    ],
                    new,
                    "certificates",
                    empty: "No certificate was new."
                ) { use in
                    .init([
                        .time(use.times.lowerBound), .certificate(use.certificate),
                        .foreign(use.certificate.issuerName), .day(use.certificate.notAfter),
                        .number(use.count.accepted), .number(use.count.rejected),
                    ])
                }
            ]
        )
    }

    /// Let in although the certificate was not valid at that moment.
    var outsideValidity: ReportSection {
        let outside = summary.certificates.filter { $0.acceptedOutside > 0 }
            .sorted { ($0.acceptedOutside, $1.certificate.id) > ($1.acceptedOutside, $0.certificate.id) }
        return ReportSection(
            id: "expired-accepted",
            title: "Expired but accepted",
            lead: """
                Clients that were let in before their certificate was valid or after it had ended: a server that does \
                not check, or a clock that is wrong.
                """,
            blocks: [
                table(
                    [
                        .text("Certificate"), .text("Valid from"), .text("Valid until"), .number("Accepted outside"),
                        .text("First"), .text("Last"),
                    ],
                    outside,
                    "certificates",
                    empty: "Every accepted certificate was valid at that moment, as far as its dates are known."
                ) { use in
                    .init([
                        .certificate(use.certificate), .time(use.certificate.notBefore),
                        .time(use.certificate.notAfter), .number(use.acceptedOutside),
                        .time(use.outside?.lowerBound), .time(use.outside?.upperBound),
                    ])
                }
            ]
        )
    }

    /// A certificate in use and the days it has left.
    struct Ending {
        var use: CertificateActivity
        var days: Int64
    }

    /// Certificates accepted in the period that end within 90 days of the report, the soonest first.
    var expiringCertificates: [Ending] {
        summary.certificates.compactMap { use -> Ending? in
            guard use.count.accepted > 0, let end = use.certificate.notAfter, end > summary.now else { return nil }
            let days = (end - summary.now) / 86_400_000
            return days < 90 ? Ending(use: use, days: days) : nil
        }
        .sorted {
            ($0.use.certificate.notAfter ?? summary.now, $0.use.certificate.id)
                < ($1.use.certificate.notAfter ?? summary.now, $1.use.certificate.id)
        }
    }

    /// What ends soon and is in use.
    var expiring: ReportSection {
        let ending = expiringCertificates
        var weeks = [Int](repeating: 0, count: 13)
        for entry in ending { weeks[min(12, Int(entry.days / 7))] += 1 }
        let bands: [(SafeText, Range<Int64>)] = [
            ("within 30 days", 0..<30), ("31 to 60 days", 30..<60), ("61 to 90 days", 60..<90),
        ]
        let sums = bands.map { band -> ReportTable.Row in
            let entries = ending.filter { band.1.contains($0.days) }
            return .init([
                .words(band.0), .number(Int64(entries.count)),
                .number(entries.reduce(0) { $0 + $1.use.count.accepted }),
            ])
        }
        let all = ReportTable.Row(
            [
                .words("within 90 days"), .number(Int64(ending.count)),
                .number(ending.reduce(0) { $0 + $1.use.count.accepted }),
            ],
            isTotal: true
        )
        var blocks: [ReportBlock] = [
            .table(
                ReportTable(
                    [.text("Ends"), .number("Certificates"), .number("Accepted with them")],
                    rows: sums + [all]
                )
            )
        ]
        if !ending.isEmpty {
            blocks.append(.chart(.forecast(weeks, label: "Certificates in use by the week in which they end")))
        }
        blocks.append(expiringTable(ending))
        return ReportSection(
            id: "expiring",
            title: "Expiring with traffic",
            lead: "Certificates accepted in this report that end within 90 days of it, and what depends on them.",
            blocks: blocks
        )
    }

    private func expiringTable(_ ending: [Ending]) -> ReportBlock {
        table(
            [
                .text("Certificate"), .text("Issuer"), .text("Valid until"), .number("Days left"),
                .number("Accepted"), .number("Share"), .text("Last seen"),
            ],
            ending,
            "certificates",
            empty: "No certificate in use ends within 90 days."
        ) { entry in
            .init([
                .certificate(entry.use.certificate), .foreign(entry.use.certificate.issuerName),
                .day(entry.use.certificate.notAfter),
                entry.days < 7 ? .mark(.bad, "\(entry.days)") : .number(entry.days),
                .number(entry.use.count.accepted), .share(entry.use.count.accepted, of: summary.totals.accepted),
                .time(entry.use.times.upperBound),
            ])
        }
    }
}
