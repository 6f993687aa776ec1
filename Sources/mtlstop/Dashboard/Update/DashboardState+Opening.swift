import AuditStore
import SafeText

/// Opening what is selected.
extension DashboardState {
    mutating func openAction(_ action: Action) -> [Effect] {
        switch action {
        case .certificate: openCertificate()
        case .why: openWhy()
        default: openSelected()
        }
        return []
    }

    /// Explains the selected event, or the newest rejection of the selected group or party.
    private mutating func openWhy() {
        if let event = selectedEvent { return push(.why(event.id)) }
        if case .certificate(let name)? = place {
            let rejection = dossier(name).flatMap { $0 }?.record.lastRejection
            guard let rejection else { return say("no rejection of it is recorded: there is nothing to explain") }
            return push(.why(rejection.id))
        }
        let isParty = isPartyPaneFocused || place != nil
        let id = view != .rejections ? nil : isParty ? selectedParty?.lastEvent : selectedGroup?.lastEvent
        guard let id, id > 0 else { return say("nothing is selected here") }
        push(.why(id))
    }

    private mutating func openSelected() {
        switch place {
        case .event: openCertificate()
        case .parties(let group): openParty(of: group)
        case .partyEvents: if let event = selectedEvent { push(.event(event.id)) }
        case .certificate, .why, .sql, .comparison: break
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
        case .sources: openReporter()
        case .changes: openChange()
        }
    }

    private mutating func openParty(of group: RejectionGroupName) {
        guard let party = selectedParty else { return }
        if places.isEmpty { places = [.parties(group)] }
        push(.partyEvents(group, PartyName(party)))
        partyEventCursor.reset()
    }

    /// Goes where the change can be looked at: a certificate, a reason, or the events of a service or an issuer.
    private mutating func openChange() {
        guard let change = selectedChange else { return }
        switch change.subject {
        case .certificate, .certificateAddress: openCertificate()
        case .reason(let key, _):
            show(.rejections)
            rejectionRange = .last(changesWithin)
            grouping = .reason
            groupCursor.go(to: .reason(key))
        case .issuer(let name):
            show(.certs)
            setFilter(FilterText.word("issuer", is: name))
        case .service(let name):
            show(.live)
            setFilter(FilterText.word("service", is: name))
        }
    }

    /// Shows the events of the selected reporter in Live.
    private mutating func openReporter() {
        guard let value = selectedReporter.flatMap({ RowValue.of($0).first }) else { return }
        show(.live)
        liveRange = .all
        setFilter(value.condition)
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
