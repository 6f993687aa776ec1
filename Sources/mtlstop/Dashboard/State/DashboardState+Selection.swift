import AuditStore
import CertCore

/// What is selected on the screen that is on top.
extension DashboardState {
    var place: Place? { places.last }

    /// The group that the who pane and the lower levels belong to: the opened one, else the selected one.
    var shownGroup: RejectionGroupName? {
        for place in places {
            switch place {
            case .parties(let group), .partyEvents(let group, _): return group
            default: continue
            }
        }
        return selectedGroup.map { RejectionGroupName(key: $0.key, title: $0.title) }
    }

    /// The selected row of the histogram.
    var selectedGroup: RejectionGroup? {
        histogram?.groups.first { $0.key == groupCursor.selected } ?? histogram?.groups.first
    }

    /// The selected row of the who list.
    var selectedParty: RejectedParty? {
        parties?.first { PartyName($0) == partyCursor.selected } ?? parties?.first
    }

    /// The selected row of Sources.
    var selectedReporter: ReporterRow? {
        reporters?.first { $0.id == reporterCursor.selected } ?? reporters?.first
    }

    /// The event under the cursor or on the screen.
    var selectedEvent: EventRow? {
        switch place {
        case .event(let id), .why(let id): return event(id)
        case .partyEvents: return partyEvents?.first { $0.id == partyEventCursor.selected }
        case .parties, .certificate, .sql, .comparison: return nil
        case nil: break
        }
        return view == .live ? liveWindow?.rows.first { $0.id == live.cursor.selected } : nil
    }

    /// The certificate under the cursor or of the event on the screen.
    var selectedCertificate: CertificateSummary? {
        if let event = selectedEvent { return event.certificate }
        switch (view, place) {
        case (.rejections, .parties): return selectedParty?.certificate
        case (.rejections, nil): return isPartyPaneFocused ? selectedParty?.certificate : nil
        case (.certs, nil):
            return certificateList?.first { $0.certificate.id == certificateCursor.selected }?.certificate
        case (.changes, nil): return selectedChange?.certificate
        case (.expiring, nil): return expiringList?.first { $0.certificate.id == expiringCursor.selected }?.certificate
        default: return nil
        }
    }

    /// The certificate whose page is open, else the selected one.
    var certificateInView: CertificateSummary? {
        if case .certificate(let name)? = place, case .some(.some(let dossier)) = dossier(name) {
            return dossier.record.usage.certificate
        }
        return selectedCertificate
    }

    /// The selected row of Changes.
    var selectedChange: Change? {
        changeReport?.changes.first { $0 == changeCursor.selected } ?? changeReport?.changes.first
    }

    /// True when the screen on top is a list, and not a document.
    var isList: Bool {
        switch place {
        case .event, .certificate, .why, .sql, .comparison: false
        case nil, .parties, .partyEvents: true
        }
    }

    /// True while there is nothing to list because nothing has been recorded yet.
    var isFirstRun: Bool {
        guard places.isEmpty, view == .live, !filter.isActive else { return false }
        if health.database == .missing { return true }
        return status.map { $0.events == 0 } ?? false
    }
}
