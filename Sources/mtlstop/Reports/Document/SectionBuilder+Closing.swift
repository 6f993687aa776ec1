import AuditStore
import CertCore
import SafeText

extension SectionBuilder {
    /// Every certificate by fingerprint, issuer and serial number.
    var appendix: ReportSection {
        let shown = summary.certificates.prefix(limits.certificates)
        let rows = shown.map { use in
            ReportTable.Row(
                [
                    .foreign(use.certificate.displayName), .foreign(use.certificate.subject),
                    .foreign(use.certificate.issuer), .digits(use.certificate.serial),
                    .day(use.certificate.notBefore), .day(use.certificate.notAfter),
                    .digits((use.certificate.sha256 ?? use.certificate.sha1)?.hex), .number(use.count.events),
                ],
                anchor: "cert-\(use.certificate.id)"
            )
        }
        return ReportSection(
            id: "certificates",
            title: "Certificates",
            lead: "Every certificate of this report, most used first, with what identifies it beyond doubt.",
            blocks: [
                .table(
                    ReportTable(
                        [
                            .text("Name"), .text("Subject"), .text("Issuer"), .text("Serial number"),
                            .text("Valid from"), .text("Valid until"), .text("Fingerprint"), .number("Events"),
                        ],
                        rows: rows,
                        cut: cut(shown.count, of: summary.certificates.count, "certificates"),
                        empty: "No certificate was presented."
                    )
                )
            ]
        )
    }

    /// How the report can be checked.
    var integrity: ReportSection {
        let facts: [(SafeText, ReportCell)] = [
            ("Report mark", .digits(manifest.mark)),
            ("Events", .number(manifest.counts.events)),
            ("Accepted", .number(manifest.counts.authenticated)),
            ("Rejected", .number(manifest.counts.rejected)),
            ("Ledger", .words(ledgerWords)),
        ]
        return ReportSection(
            id: "integrity",
            title: "Integrity",
            lead: """
                The manifest beside this file (its name with .manifest.json) holds the SHA-256 of every file of the \
                report, the exact filter and the counts above, and may be signed. The mark, also at the foot of \
                printed pages, is the start of the SHA-256 of the manifest without its files.
                """,
            blocks: [
                .facts(facts), .paragraph("To check the files, offline:"),
                .command("mtlstop verify REPORT.manifest.json --key PUBLIC.pem"),
                .paragraph("To make the report again from the same log:"), .command(commandLine),
            ]
        )
    }

    private var ledgerWords: SafeText {
        manifest.ledger == nil
            ? "no state of a ledger is in the manifest; ids and counts are the evidence"
            : "head and proofs of the covered segments are in the manifest"
    }

    /// The command that makes this report, quoted for a shell.
    private var commandLine: String {
        var words = ["mtlstop", "report"]
        if !manifest.filter.isEmpty { words.append(Self.quoted(manifest.filter)) }
        words += ["--format", manifest.format.rawValue]
        if let since = manifest.since { words += ["--since", since.rfc3339] }
        if let until = manifest.until { words += ["--until", until.rfc3339] }
        return words.joined(separator: " ")
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("'", with: "'\\''") + "'"
    }

    /// Where people sign.
    var review: ReportSection {
        ReportSection(
            id: "review",
            title: "Review and sign-off",
            lead: "The undersigned have read this report, and the exceptions they found are listed below.",
            blocks: [.signatures(["Prepared by", "Reviewed by", "Approved by"])]
        )
    }
}
