import AuditEvents
import AuditStore
import CertCore
import SafeText
import Terminal

/// One certificate in full: what its bytes say, how it was used, and what is wrong with it.
enum CertificatePage {
    static func make(_ name: CertificateName, _ state: DashboardState, width: Int) -> Document {
        var document = Document()
        switch state.dossier(name) {
        case nil: document.add(StyledLine("reading the certificate…", .dim))
        case .some(nil): document.add(StyledLine("this certificate is not in the database any more", .warning))
        case .some(.some(let dossier)):
            document.addNotes(state, width: width)
            addIdentity(dossier, state, to: &document, width: width)
            addChain(dossier, state, to: &document, width: width)
            addUse(dossier, state, to: &document, width: width)
            CertificateBytes.addFindings(dossier, state.now, to: &document, width: width)
            addExtensions(dossier, to: &document, width: width)
            addRenewal(name, dossier, state, to: &document, width: width)
            CertificateBytes.add(dossier, to: &document)
        }
        return document
    }

    // MARK: Identity

    private static func addIdentity(
        _ dossier: CertificateDossier,
        _ state: DashboardState,
        to document: inout Document,
        width: Int
    ) {
        let summary = dossier.record.usage.certificate
        addLastResult(dossier, state, to: &document, width: width)
        document.field("subject", summary.subject.map { SafeText($0) } ?? SafeText(summary.shownName), width: width)
        document.field("issuer", summary.issuer.map { SafeText($0) }, width: width)
        let names = summary.subjectAlternativeNames
        document.field("names \(names.count)", names.map { SafeText($0) }.joined(separator: ", "), width: width)
        document.field("serial", summary.serial.map { SafeText($0) }, width: width)
        addValidity(summary, state, to: &document, width: width)
        addKey(dossier, to: &document, width: width)
        document.field("sha-256", fingerprint(summary.sha256), width: width)
        document.field("sha-1", fingerprint(summary.sha1 ?? dossier.certificate?.sha1), width: width)
        if summary.hasHiddenText {
            let words: SafeText = "its names hold control or hidden characters, shown escaped: treat it as hostile"
            document.field("!", words, width: width, role: .warning)
        }
        if dossier.certificate == nil {
            let words: SafeText = "only what was reported is known: the certificate itself was not passed on"
            document.field("note", words, width: width, role: .dim)
        }
    }

    private static func addLastResult(
        _ dossier: CertificateDossier,
        _ state: DashboardState,
        to document: inout Document,
        width: Int
    ) {
        let usage = dossier.record.usage
        guard let outcome = usage.lastOutcome else { return }
        if outcome == .rejected, let event = dossier.record.lastRejection {
            let words: SafeText = "last time REJECTED: \(RejectionWords.why(event))"
            document.field("result", words, width: width, role: .rejected)
        } else {
            document.field(
                "result",
                "last time \(outcome == .rejected ? "REJECTED" : "ok")",
                width: width,
                role: outcome == .rejected ? .rejected : .ok
            )
        }
    }

    private static func addValidity(
        _ summary: CertificateSummary,
        _ state: DashboardState,
        to document: inout Document,
        width: Int
    ) {
        guard let start = summary.notBefore, let end = summary.notAfter else {
            document.field("validity", "not reported", width: width, role: .dim)
            return
        }
        let role = Validity.role(summary, now: state.now)
        document.field("validity", "\(state.times.full(start)) to \(state.times.full(end))", width: width)
        let bar = Validity.bar(from: start, to: end, now: state.now, width: min(48, max(5, width - Label.width - 24)))
        document.add(Label.line("", [Span(bar, .bar), Span(" \(Validity.words(summary, now: state.now))", role)]))
        document.field("lifetime", TimeWriter.span(max(0, end - start)), width: width)
    }

    /// A fingerprint in groups of sixteen digits, which fit one line of 80 cells; whole, whatever the width.
    private static func fingerprint(_ fingerprint: Fingerprint?) -> SafeText? {
        guard let digits = fingerprint?.hex else { return nil }
        var groups: [String] = []
        var rest = digits[...]
        while !rest.isEmpty {
            groups.append(String(rest.prefix(16)))
            rest = rest.dropFirst(16)
        }
        return groups.map { SafeText($0) }.joined(separator: " ")
    }

    private static func addKey(_ dossier: CertificateDossier, to document: inout Document, width: Int) {
        guard let details = dossier.details else { return }
        document.field("key", CertificateWords.key(details), width: width)
        document.field("signature", SafeText(details.signatureAlgorithm), width: width)
        if let certificate = dossier.certificate {
            document.field("key usage", CertificateWords.usage(certificate, details), width: width)
        }
    }

    // MARK: Chain

    private static func addChain(
        _ dossier: CertificateDossier,
        _ state: DashboardState,
        to document: inout Document,
        width: Int
    ) {
        guard let leaf = dossier.certificate else { return }
        document.heading("chain, as it came")
        let chain = [leaf] + dossier.issuers
        if let top = chain.last, !top.isSelfIssued {
            document.add(StyledLine("\(CertificateWords.name(top.issuer))  (did not come with it)", .dim))
        } else if dossier.issuers.isEmpty {
            document.add(StyledLine("it names itself as its issuer", .warning))
        }
        for (depth, certificate) in chain.reversed().enumerated() {
            let indent = SafeText(String(repeating: "  ", count: depth))
            let branch = depth == 0 ? SafeText("") : state.glyphs.treeLast + " "
            let words = Validity.words(from: certificate.notBefore, to: certificate.notAfter, now: state.now)
            let name = CertificateWords.name(certificate.subject)
            let isExpired = certificate.notAfter <= state.now
            let end = TimeStyle.dateText(certificate.notAfter.civil)
            document.add([
                Span(indent + branch, .rule), Span(name), Span("  to \(end), "),
                Span(words, isExpired ? .critical : .dim),
            ])
        }
    }

    // MARK: Use

    private static func addUse(
        _ dossier: CertificateDossier,
        _ state: DashboardState,
        to document: inout Document,
        width: Int
    ) {
        let record = dossier.record
        document.heading("how it was used")
        document.add([
            Span(SafeText(stringLiteral: "accepted").padded(to: Label.width), .dim),
            Span(Figures.grouped(record.usage.accepted), .ok),
            Span("   rejected ", .dim),
            Span(Figures.grouped(record.usage.rejected), record.usage.rejected > 0 ? .rejected : .text),
        ])
        if let first = record.usage.firstSeen, let last = record.usage.lastSeen {
            document.field("seen", "first \(state.times.full(first)), last \(state.times.full(last))", width: width)
        }
        addDays(record, state, to: &document)
        addHours(record, state, to: &document)
        document.field("addresses", counts(record.addresses), width: width)
        document.field("paths", counts(record.paths), width: width)
        document.field("services", counts(record.services), width: width)
        if let rejection = record.lastRejection {
            let when = state.times.full(rejection.time)
            document.field("rejected", "last \(when): \(RejectionWords.why(rejection))", width: width, role: .rejected)
        }
    }

    /// The last days as sparklines, one cell a day.
    private static func addDays(_ record: CertificateRecord, _ state: DashboardState, to document: inout Document) {
        let days = record.days.suffix(30)
        guard days.count > 1 else { return }
        let accepted = state.glyphs.sparkline(days.map { Int($0.accepted) })
        let rejected = state.glyphs.sparkline(days.map { Int($0.rejected) })
        document.add([
            Span(SafeText("\(days.count) days").padded(to: Label.width), .dim), Span("ok ["), Span(accepted, .ok),
            Span("]  rej ["),
            Span(rejected, .rejected), Span("]"),
        ])
    }

    /// The hours of the day, over its newest events.
    private static func addHours(_ record: CertificateRecord, _ state: DashboardState, to document: inout Document) {
        guard record.hours.contains(where: { $0 > 0 }) else { return }
        document.add([
            Span(SafeText("hours").padded(to: Label.width), .dim), Span("0h ["),
            Span(state.glyphs.sparkline(record.hours), .bar), Span("] 23h UTC, of its newest "),
            Span(Figures.counted(Int64(record.sampledEvents), "event", "events")),
        ])
    }

    /// The most frequent names with their counts: "10.4.2.17 (41), 10.4.2.18 (3)".
    static func counts(_ counts: [CertificateRecord.Count]) -> SafeText {
        counts.prefix(8).map { "\(SafeText($0.name)) (\(Figures.grouped($0.count)))" }.joined(separator: ", ")
    }

    // MARK: Renewal

    /// What its renewal has that it has not; only when one has been seen.
    private static func addRenewal(
        _ name: CertificateName,
        _ dossier: CertificateDossier,
        _ state: DashboardState,
        to document: inout Document,
        width: Int
    ) {
        let asked = ComparisonName(left: .certificate(name), right: nil)
        guard let comparison = state.comparison(asked), case .certificate(let renewal) = comparison.right else {
            return
        }
        let summary = renewal.record.usage.certificate
        document.heading("renewed by \(SafeText(summary.shortFingerprint)) (D compares)")
        addFix(dossier.record, renewal.record, to: &document, width: width)
        ComparisonDocument.addDifferences(comparison, state.times, to: &document, width: width)
    }

    /// Where the renewal is in use, and where it is still missing.
    private static func addFix(
        _ old: CertificateRecord,
        _ renewal: CertificateRecord,
        to document: inout Document,
        width: Int
    ) {
        document.field("used from", counts(renewal.addresses), width: width)
        let moved = Set(renewal.addresses.map(\.name))
        let missing = old.addresses.filter { !moved.contains($0.name) }
        guard !missing.isEmpty else { return }
        let places = missing.prefix(8).map { SafeText($0.name) }.joined(separator: ", ")
        let words: SafeText = "not seen from \(places): deploy it there and reload what uses it"
        document.field("fix", words, width: width, role: .warning)
    }

    // MARK: Extensions

    private static func addExtensions(_ dossier: CertificateDossier, to document: inout Document, width: Int) {
        guard let details = dossier.details else { return }
        document.heading("extensions (c = critical)")
        for line in details.extensions {
            let label = SafeText(line.name).cut(to: 26).padded(to: 27)
            let parts = TextWrap.lines(SafeText(line.text), width: max(10, width - 29))
            for (index, part) in parts.enumerated() {
                document.add([
                    Span(index == 0 && line.isCritical ? "c " : "  ", .warning),
                    Span(index == 0 ? label : SafeText("").padded(to: 27), .dim), Span(part),
                ])
            }
        }
    }
}
