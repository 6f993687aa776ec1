import AuditEvents
import AuditStore
import CertCore
import SafeText

/// A value of the selected row, with the condition of the filter language that finds it.
struct RowValue: Hashable, Sendable {
    var label: SafeText
    var shown: SafeText
    var condition: String

    private init(_ label: SafeText, _ word: String, _ value: String) {
        self.label = label
        shown = SafeText(value)
        condition = FilterText.word(word, is: value)
    }

    private init?(_ label: SafeText, _ word: String, optional value: String?) {
        guard let value, !value.isEmpty else { return nil }
        self.init(label, word, value)
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
        return certificate + request.compactMap { $0 }
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
        (party.certificate.map(of) ?? []) + [RowValue("address", "ip", optional: party.ip)].compactMap { $0 }
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
        return selectedCertificate.map(RowValue.of) ?? []
    }
}
