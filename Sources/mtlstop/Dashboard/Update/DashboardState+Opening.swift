import AuditStore
import SafeText

/// Opening what is selected.
extension DashboardState {
    mutating func openAction(_ action: Action) -> [Effect] {
        switch action {
        case .certificate: openCertificate()
        case .why: if let event = selectedEvent { push(.why(event.id)) }
        default: openSelected()
        }
        return []
    }

    private mutating func openSelected() {
        switch place {
        case .event: openCertificate()
        case .parties(let group): openParty(of: group)
        case .partyEvents: if let event = selectedEvent { push(.event(event.id)) }
        case .certificate, .why: break
        case nil: openInView()
        }
    }

    private mutating func openInView() {
        switch view {
        case .live: if let event = selectedEvent { push(.event(event.id)) }
        case .certs, .expiring: openCertificate()
        case .rejections:
            guard let group = shownGroup else { return }
            if isPartyPaneFocused {
                openParty(of: group)
            } else {
                push(.parties(group))
            }
        case .sources: break
        }
    }

    private mutating func openParty(of group: RejectionGroupName) {
        guard let party = selectedParty else { return }
        if places.isEmpty { places = [.parties(group)] }
        push(.partyEvents(group, PartyName(party)))
        partyEventCursor.reset()
    }

    private mutating func openCertificate() {
        guard let certificate = selectedCertificate else {
            say(selectedEvent == nil ? "no certificate here" : "this event came without a certificate")
            return
        }
        push(.certificate(certificate.name))
    }

    private mutating func push(_ place: Place) {
        places.append(place)
        scroll = 0
    }
}
