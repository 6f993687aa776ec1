import AuditEvents
import AuditStore
import CertCore
import SafeText
import Terminal

/// Why an event ended as it did, what speaks for it, and what to do.
enum WhyDocument {
    static func make(_ id: Int64, _ state: DashboardState, width: Int) -> Document {
        var document = Document()
        guard let event = state.event(id) else {
            document.add(StyledLine("reading event \(id)…", .dim))
            return document
        }
        if event.outcome == .authenticated {
            addAcceptance(event, to: &document, width: width)
        } else {
            document.add(StyledLine(RejectionWords.why(event), .rejected))
            addCauses(event, state, to: &document, width: width)
            addExplanation(event, chainFault(event, state), to: &document, width: width)
        }
        addFacts(event, state, to: &document, width: width)
        return document
    }

    /// The explanation of a rejected event.
    static func explanation(_ event: EventRow) -> Explanation {
        Explanation.of(event.rejectionClass ?? .other, code: event.code, reason: event.reason)
    }

    // MARK: Causes

    /// The ranked causes; the numbers behind them are read while the page is open.
    private static func addCauses(_ event: EventRow, _ state: DashboardState, to document: inout Document, width: Int) {
        document.heading("likely causes, the surest first")
        guard let surroundings = state.surroundings(event.id) else {
            document.add(StyledLine("looking at what else happened…", .dim))
            return
        }
        let dossier = event.certificate.flatMap { state.dossier($0.name) } ?? nil
        let facts = WhyFacts(event: event, dossier: dossier, surroundings: surroundings, times: state.times)
        for (index, cause) in WhyEngine.causes(facts).enumerated() {
            if index > 0 { document.add(StyledLine()) }
            document.field(cause.confidence.word, cause.statement, width: width, role: .warning)
            for fact in cause.evidence { document.field("", "- \(fact)", width: width, role: .dim) }
            document.field("next step", cause.step, width: width, role: .key)
        }
        if let since = surroundings.since, surroundings.looked > 1 {
            document.add(
                Label.line(
                    "",
                    "counted over \(Figures.grouped(surroundings.looked)) events since \(state.times.full(since))",
                    .dim
                )
            )
        }
    }

    /// What is wrong inside the chain as it came, where that is what was reported.
    private static func chainFault(_ event: EventRow, _ state: DashboardState) -> ChainFault? {
        guard let name = event.certificate?.name, case .some(.some(let dossier)) = state.dossier(name),
            let leaf = dossier.certificate,
            let fault = ChainFault(leaf, dossier.issuers, at: event.time), fault.code == event.code
        else { return nil }
        return fault
    }

    private static func addExplanation(
        _ event: EventRow,
        _ fault: ChainFault?,
        to document: inout Document,
        width: Int
    ) {
        document.heading("what it means")
        let explanation = Explanation.of(
            event.rejectionClass ?? .other,
            code: event.code,
            reason: event.reason,
            depth: fault?.depth
        )
        document.field("meaning", SafeText(explanation.meaning), width: width)
        document.field("cause", SafeText(explanation.cause), width: width)
        document.field("do", SafeText(explanation.action), width: width)
        document.field("whose", SafeText(explanation.owner), width: width)
        document.field("reason", event.reason.map { SafeText($0) }, width: width)
        document.field(
            "code",
            event.code.map { "\(Int($0.rawValue)) \(SafeText($0.name)), \(SafeText($0.text))" },
            width: width
        )
        if let fault {
            let name = SafeText(fault.certificate.subject.rfc2253)
            document.field("depth", "\(fault.depth): \(ChainFault.place(fault.depth)), \(name)", width: width)
        }
    }

    private static func addAcceptance(_ event: EventRow, to document: inout Document, width: Int) {
        document.add(StyledLine("accepted", .ok))
        document.add(StyledLine())
        let trust: SafeText =
            switch event.verified {
            case true?: "the chain was trusted at the time, and the application agreed"
            case false?: "the application accepted it although the chain was not trusted"
            case nil: "the application accepted it; whether the chain was trusted was not reported"
            }
        document.field("meaning", trust, width: width, role: event.verified == false ? .warning : .text)
        if event.resumed == true {
            document.field(
                "note",
                "the TLS session was resumed: the certificate was not verified again",
                width: width,
                role: .warning
            )
        }
        if let end = event.certificate?.notAfter, end <= event.time {
            document.field(
                "note",
                "the certificate had expired: who verifies it should be checked",
                width: width,
                role: .warning
            )
        }
    }

    // MARK: Facts

    private static func addFacts(_ event: EventRow, _ state: DashboardState, to document: inout Document, width: Int) {
        document.heading("facts")
        guard let certificate = event.certificate else {
            document.field(
                "client",
                "no certificate reached the application from \(SafeText(event.ip ?? "this address"))",
                width: width
            )
            return
        }
        document.field("subject", SafeText(certificate.subject ?? certificate.shownName), width: width)
        document.field("issuer", certificate.issuer.map { SafeText($0) }, width: width)
        if let start = certificate.notBefore, let end = certificate.notAfter {
            document.field("validity", "\(state.times.full(start)) to \(state.times.full(end))", width: width)
            let bar = Validity.bar(
                from: start,
                to: end,
                now: event.time,
                width: min(50, max(5, width - Label.width - 24))
            )
            document.add(
                Label.line(
                    "",
                    bar + " \(Validity.words(certificate, now: event.time))",
                    Validity.role(certificate, now: event.time)
                )
            )
        }
        addHistory(certificate, state, to: &document, width: width)
    }

    private static func addHistory(
        _ certificate: CertificateSummary,
        _ state: DashboardState,
        to document: inout Document,
        width: Int
    ) {
        guard case .some(.some(let dossier)) = state.dossier(certificate.name) else {
            document.add(Label.line("history", "reading…", .dim))
            return
        }
        let usage = dossier.record.usage
        if usage.accepted == 0 {
            document.field("history", "never accepted, rejected \(times(usage.rejected))", width: width, role: .warning)
        } else {
            document.field(
                "history",
                "accepted \(times(usage.accepted)), rejected \(times(usage.rejected))",
                width: width
            )
        }
        if let first = usage.firstSeen, let last = usage.lastSeen {
            document.field("seen", "first \(state.times.full(first)), last \(state.times.full(last))", width: width)
        }
        document.field("addresses", CertificatePage.counts(dossier.record.addresses), width: width)
        document.field("paths", CertificatePage.counts(dossier.record.paths), width: width)
    }

    private static func times(_ count: Int64) -> SafeText {
        count == 1 ? "once" : "\(Figures.grouped(count)) times"
    }
}
