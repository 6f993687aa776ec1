import AuditEvents
import AuditStore
import CertCore
import SafeText
import Terminal

/// One event in full.
enum EventDocument {
    static func make(_ id: Int64, _ state: DashboardState, width: Int) -> Document {
        var document = Document()
        guard let event = state.event(id) else {
            document.add(StyledLine("reading event \(id)…", .dim))
            return document
        }
        addOutcome(event, state, to: &document, width: width)
        document.addNotes(state, width: width)
        addRequest(event, to: &document, width: width)
        addCertificate(event, state, to: &document, width: width)
        if event.outcome == .rejected { addWhy(event, to: &document, width: width) }
        addReporter(event, state, to: &document, width: width)
        return document
    }

    private static func addOutcome(_ event: EventRow, _ state: DashboardState, to document: inout Document, width: Int)
    {
        let isRejected = event.outcome == .rejected
        let result: SafeText = isRejected ? "REJECTED: \(RejectionWords.why(event))" : "authenticated"
        document.add(Label.line("event", "\(event.id)"))
        document.field("outcome", result, width: width, role: isRejected ? .rejected : .ok)
        let ago = TimeWriter.ago(from: event.time, to: state.now)
        document.field("time", "\(state.times.full(event.time, milliseconds: true))   (\(ago))", width: width)
        document.field(
            "received",
            "\(state.times.full(event.received, milliseconds: true))   \(lag(event))",
            width: width
        )
        document.field("reason", event.reason.map { SafeText($0) }, width: width)
        document.field(
            "class",
            event.rejectionClass.map { "\(SafeText($0.rawValue)): \(SafeText($0.title))" },
            width: width
        )
        document.field("code", event.code.map { code($0) }, width: width)
        document.field("reported", event.authorizationError.map { SafeText($0) }, width: width)
        document.field("verified", verified(event), width: width)
        if event.isFirstSeen {
            document.add(Label.line("first seen", "this certificate had not been presented before", .mark))
        }
    }

    private static func lag(_ event: EventRow) -> SafeText {
        let lag = event.received - event.time
        if lag < 0 { return "(\(-lag) ms before its own time: clocks differ)" }
        return lag < 10_000 ? "(\(lag) ms later)" : "(\(TimeWriter.span(lag)) later)"
    }

    private static func code(_ code: VerificationCode) -> SafeText {
        "\(Int(code.rawValue)) \(SafeText(code.name)): \(SafeText(code.text))"
    }

    private static func verified(_ event: EventRow) -> SafeText {
        switch event.verified {
        case true?: "yes: the chain was trusted at the time"
        case false?: "no: the chain was not trusted"
        case nil: "not known"
        }
    }

    private static func addRequest(_ event: EventRow, to document: inout Document, width: Int) {
        document.heading("request")
        document.field("request", EventColumns.request(event), width: width)
        let port: SafeText = event.port.map { ", port \($0)" } ?? ""
        document.field("from", event.ip.map { "\(SafeText($0))\(port)" }, width: width)
        document.field("host", event.host.map { SafeText($0) }, width: width)
        document.field("agent", event.userAgent.map { SafeText($0) }, width: width)
        document.field("service", event.service.map { SafeText($0) }, width: width)
        document.field("source", event.source.map { SafeText($0) }, width: width)
        let version = [event.tlsProtocol, event.cipher].compactMap { $0 }.map { SafeText($0) }.joined(separator: " ")
        let resumed: SafeText = event.resumed == true ? "   resumed: verification was not repeated" : ""
        document.field("tls", version.isEmpty ? nil : version + resumed, width: width)
        document.field("name asked", event.serverName.map { SafeText($0) }, width: width)
    }

    private static func addCertificate(
        _ event: EventRow,
        _ state: DashboardState,
        to document: inout Document,
        width: Int
    ) {
        document.heading("certificate")
        guard let certificate = event.certificate else {
            document.add(StyledLine("the client presented none, or the reporter did not pass it on", .warning))
            return
        }
        let role: Role = certificate.hasHiddenText ? .escaped : .text
        document.field("name", SafeText(certificate.shownName), width: width, role: role)
        document.field("subject", certificate.subject.map { SafeText($0) }, width: width)
        document.field("issuer", certificate.issuer.map { SafeText($0) }, width: width)
        document.field("names", names(certificate), width: width)
        document.field("serial", certificate.serial.map { SafeText($0) }, width: width)
        document.field("sha-256", certificate.sha256.map { SafeText($0.hex) }, width: width)
        document.field(
            "sha-1",
            certificate.sha256 == nil ? certificate.sha1.map { SafeText($0.hex) } : nil,
            width: width
        )
        if let start = certificate.notBefore, let end = certificate.notAfter {
            document.field("validity", "\(state.times.full(start)) to \(state.times.full(end))", width: width)
            let words = Validity.words(certificate, now: event.time)
            document.add(Label.line("then", words, Validity.role(certificate, now: event.time)))
        }
        if certificate.hasHiddenText {
            document.add(
                StyledLine("its names hold control or hidden characters, shown escaped: treat it as hostile", .warning)
            )
        }
    }

    private static func names(_ certificate: CertificateSummary) -> SafeText {
        certificate.subjectAlternativeNames.map { SafeText($0) }.joined(separator: ", ")
    }

    private static func addWhy(_ event: EventRow, to document: inout Document, width: Int) {
        document.heading("why, and the fix")
        let explanation = WhyDocument.explanation(event)
        document.field("meaning", SafeText(explanation.meaning), width: width)
        document.field("cause", SafeText(explanation.cause), width: width)
        document.field("do", SafeText(explanation.action), width: width)
        document.field("whose", SafeText(explanation.owner), width: width)
    }

    private static func addReporter(
        _ event: EventRow,
        _ state: DashboardState,
        to document: inout Document,
        width: Int
    ) {
        let reporter = event.reporter
        document.heading("reported by")
        document.field("program", reporter.application.map { SafeText($0) }, width: width)
        document.field("producer", reporter.producer.map { SafeText($0) }, width: width)
        let ids = [("pid", reporter.pid), ("uid", reporter.uid), ("gid", reporter.gid)].compactMap { name, id in
            id.map { SafeText("\(name) \($0)") }
        }
        document.field("process", (["session \(reporter.session)"] + ids).joined(separator: ", "), width: width)
    }
}

extension CertificateSummary {
    /// True when a name of it had to be escaped.
    var hasHiddenText: Bool {
        ([commonName, subject, issuer].compactMap { $0 } + subjectAlternativeNames).contains { SafeText($0).wasEscaped }
    }
}
