import AuditStore
import SafeText

extension NoteSubject {
    /// What it is about, in one word.
    var title: SafeText {
        switch self {
        case .certificate: "certificate"
        case .address: "address"
        case .reason: "reason"
        case .event: "event"
        }
    }
}

extension DashboardState {
    /// What a note can be about here, with what each is called.
    var noteSubjects: [(subject: NoteSubject, shown: SafeText)] {
        if let event = selectedEvent { return noteSubjects(event) }
        if let certificate = certificateInView { return noteSubject(certificate).map { [$0] } ?? [] }
        if view == .rejections, let ip = selectedParty?.ip, !places.isEmpty || isPartyPaneFocused {
            return [(.address(ip), SafeText(ip))]
        }
        return []
    }

    private func noteSubjects(_ event: EventRow) -> [(subject: NoteSubject, shown: SafeText)] {
        var subjects: [(subject: NoteSubject, shown: SafeText)] = []
        if let certificate = event.certificate, let subject = noteSubject(certificate) { subjects.append(subject) }
        if let ip = event.ip { subjects.append((.address(ip), SafeText(ip))) }
        if let reason = event.reason { subjects.append((.reason(reason), SafeText(reason))) }
        return subjects + [(.event(event.id, database: databasePath), "\(event.id)")]
    }

    private func noteSubject(_ certificate: CertificateSummary) -> (subject: NoteSubject, shown: SafeText)? {
        certificate.lookup.map { (.certificate($0), SafeText(certificate.shownName)) }
    }

    /// The notes about what is selected or on the screen.
    var notesHere: [(subject: NoteSubject, text: SafeText)] {
        noteSubjects.compactMap { subject, _ in notes[subject].map { (subject, SafeText($0.text)) } }
    }
}
