import AuditEvents
import AuditStore
import CertCore
import SafeText
import Terminal

/// The selected event in a few lines: what happened, to whom, and what to do.
enum EventPreview {
    static func title(_ event: EventRow, times: TimeWriter) -> SafeText {
        let result: SafeText = event.outcome == .rejected ? "REJECTED" : "authenticated"
        return "event \(event.id)  \(times.full(event.time, milliseconds: true))  \(result)"
    }

    /// Lines for a pane of a width, the most important first.
    static func lines(_ event: EventRow, times: TimeWriter, width: Int, wraps: Bool = false) -> [StyledLine] {
        var lines: [StyledLine] = []
        func put(_ label: SafeText, _ text: SafeText) {
            lines += wraps ? Label.wrapped(label, text, width: width) : [Label.line(label, text)]
        }
        if event.outcome == .rejected { lines += rejection(event, width: width) }
        put("request", "\(EventColumns.request(event))   from \(SafeText(event.ip ?? "an unknown address"))")
        if wraps, let certificate = event.certificate {
            put("subject", SafeText(certificate.subject ?? certificate.shownName))
            put("issuer", SafeText(certificate.issuer ?? "not reported"))
            put("sha-256", SafeText(certificate.lookup ?? "-"))
            if let end = certificate.notAfter {
                put("validity", "to \(times.full(end))   \(Validity.words(certificate, now: event.time))")
            }
        } else {
            lines += self.certificate(event, times: times)
        }
        if event.outcome == .authenticated { lines += acceptance(event) }
        return lines
    }

    private static func rejection(_ event: EventRow, width: Int) -> [StyledLine] {
        let explanation = WhyDocument.explanation(event)
        var lines = [Label.line("why", "\(RejectionWords.why(event)).  \(SafeText(explanation.meaning))", .rejected)]
        lines.append(
            Label.line(
                "reason",
                "\(SafeText(event.reason ?? "-"))   class \(SafeText(event.rejectionClass?.rawValue ?? "-"))"
            )
        )
        lines += Label.wrapped("do", SafeText(explanation.action), width: width).prefix(3)
        return lines
    }

    private static func certificate(_ event: EventRow, times: TimeWriter) -> [StyledLine] {
        guard let certificate = event.certificate else { return [Label.line("client", "presented no certificate")] }
        var lines = [
            Label.line("subject", SafeText(certificate.subject ?? certificate.shownName)),
            Label.line("issuer", SafeText(certificate.issuer ?? "not reported")),
        ]
        if let end = certificate.notAfter {
            lines.append(
                Label.line("validity", "to \(times.full(end))   \(Validity.words(certificate, now: event.time))")
            )
        }
        return lines
    }

    private static func acceptance(_ event: EventRow) -> [StyledLine] {
        let resumed: SafeText = event.resumed == true ? "   resumed session" : ""
        let version = [event.tlsProtocol, event.cipher].compactMap { $0 }.map { SafeText($0) }.joined(separator: " ")
        return [Label.line("tls", (version.isEmpty ? "not reported" : version) + resumed)]
    }
}
