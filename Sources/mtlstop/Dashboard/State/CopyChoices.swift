import AuditEvents
import AuditStore
import CertCore
import SafeText

/// What can be copied of the selected row.
enum CopyChoices {
    /// The choices for what is selected; certificates before what surrounds them.
    static func of(_ state: DashboardState) -> [MenuChoice] {
        let certificate = state.certificateInView
        var choices: [MenuChoice] = []
        if case .down = state.health.collector {
            choices = [choice("start command", CollectorBox.command.string)].compactMap { $0 }
        }
        return choices + (certificate.map { ofCertificate($0, state) } ?? []) + (state.selectedEvent.map(ofEvent) ?? [])
    }

    private static func ofCertificate(_ certificate: CertificateSummary, _ state: DashboardState) -> [MenuChoice] {
        var choices = [
            choice("SHA-256", certificate.sha256?.hex), choice("SHA-1", certificate.sha1?.hex),
            choice("serial number", certificate.serial), choice("subject", certificate.subject),
            choice("issuer", certificate.issuer),
        ]
        if let digest = certificate.lookup { choices.append(choice("command", "mtlstop certs show \(digest)")) }
        if case .some(.some(let dossier)) = state.dossier(certificate.name), let pem = dossier.certificate?.pem {
            // PEM holds nothing but letters, digits and line ends.
            choices.append(MenuChoice(label: "PEM", value: "-----BEGIN CERTIFICATE-----", deed: .copy(lines(pem))))
        }
        return choices.compactMap { $0 }
    }

    private static func ofEvent(_ event: EventRow) -> [MenuChoice] {
        [
            choice("address", event.ip), choice("path", event.path), choice("reason", event.reason),
            choice("event number", String(event.id)),
            choice("command", "mtlstop events id=\(event.id) --format ndjson"),
        ]
        .compactMap { $0 }
    }

    private static func choice(_ label: SafeText, _ text: String?) -> MenuChoice? {
        guard let text, !text.isEmpty else { return nil }
        return MenuChoice(label: label, value: SafeText(text), deed: .copy([SafeText(text)]))
    }

    private static func lines(_ pem: String) -> [SafeText] {
        pem.split(separator: "\n").map { SafeText(String($0)) }
    }
}
