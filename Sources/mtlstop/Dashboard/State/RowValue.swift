import AuditEvents
import AuditStore
import CertCore
import SafeText

/// A value of the selected row, with the condition of the filter language that finds it.
struct RowValue: Hashable, Sendable {
    var label: SafeText
    var shown: SafeText
    var condition: String
    /// The word of the filter language that finds it.
    var word: String

    private init(_ label: SafeText, _ word: String, _ value: String) {
        self.label = label
        self.word = word
        shown = SafeText(value)
        condition = FilterText.word(word, is: value)
    }

    private init?(_ label: SafeText, _ word: String, optional value: String?) {
        guard let value, !value.isEmpty else { return nil }
        self.init(label, word, value)
    }

    private init(_ label: SafeText, shown: SafeText, _ word: String, condition: String) {
        self.label = label
        self.shown = shown
        self.word = word
        self.condition = condition
    }

    /// Clients without a certificate.
    private static let anonymous = RowValue("certificate", shown: "(none)", "cn", condition: "is:anonymous")

    /// The values of a connection.
    static func of(_ reporter: ReporterRow) -> [RowValue] {
        let id = reporter.reporter.session
        let session = RowValue("connection", shown: "\(id)", "session", condition: "session:\(id)")
        return [RowValue("service", "service", optional: reporter.service)].compactMap { $0 } + [session]
    }

    /// The values of an event, those that people ask for most first.
    static func of(_ event: EventRow) -> [RowValue] {
        let certificate = event.certificate.map(of) ?? []
        let request = [
            RowValue("address", "ip", optional: event.ip), RowValue("service", "service", optional: event.service),
            RowValue("class", "class", optional: event.rejectionClass?.rawValue),
            RowValue("reason", "reason", optional: event.reason), RowValue("path", "path", optional: event.path),
            RowValue("method", "method", optional: event.method), RowValue("host", "host", optional: event.host),
            RowValue("outcome", "outcome", event.outcome == .authenticated ? "ok" : "rej"),
        ]
        return certificate + request.compactMap { $0 } + (event.certificate == nil ? [anonymous] : [])
    }

    /// The values of a certificate.
    static func of(_ certificate: CertificateSummary) -> [RowValue] {
        [
            RowValue("certificate", "fp", optional: certificate.lookup),
            RowValue("name", "cn", optional: certificate.commonName),
            RowValue("issuer", "issuer", optional: certificate.issuer),
        ]
        .compactMap { $0 }
    }

    /// The values of a group of rejections.
    static func of(_ group: RejectionGroupName) -> [RowValue] {
        switch group.key {
        case .reason(let key): [RowValue("class", "class", key.rejectionClass.rawValue)]
        case .value(let grouping, let value):
            [RowValue(SafeText(grouping.rawValue), grouping.filterWord, optional: value)].compactMap { $0 }
        }
    }

    /// The values of a party.
    static func of(_ party: RejectedParty) -> [RowValue] {
        (party.certificate.map(of) ?? [anonymous])
            + [
                RowValue("address", "ip", optional: party.ip),
                RowValue("class", "class", optional: party.latest?.rejectionClass.rawValue),
            ]
            .compactMap { $0 }
    }
}

extension DashboardState {
    /// The values of what is selected or on the screen; empty where nothing is.
    var rowValues: [RowValue] {
        if let event = selectedEvent { return RowValue.of(event) }
        if case .certificate(let name)? = place, case .some(.some(let dossier)) = dossier(name) {
            return RowValue.of(dossier.record.usage.certificate)
        }
        if view == .rejections {
            if place == nil, !isPartyPaneFocused { return shownGroup.map(RowValue.of) ?? [] }
            return selectedParty.map(RowValue.of) ?? []
        }
        if view == .sources, place == nil { return selectedReporter.map(RowValue.of) ?? [] }
        return selectedCertificate.map(RowValue.of) ?? []
    }
}
