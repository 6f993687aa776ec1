import AuditStore
import SafeText

/// The sign in front of a row: `*` marked, `&` with a note, `+` first seen.
struct RowSigns: Sendable {
    var marks = Marks()
    var notes = Notes()
    var database = ""

    func sign(_ event: EventRow) -> SafeText {
        if marks.contains(.event(event.id)) { return "*" }
        if notes[.event(event.id, database: database)] != nil { return "&" }
        if let digits = event.certificate?.lookup, notes[.certificate(digits)] != nil { return "&" }
        if let ip = event.ip, notes[.address(ip)] != nil { return "&" }
        return event.isFirstSeen ? "+" : ""
    }

    func sign(_ certificate: CertificateSummary) -> SafeText {
        if marks.contains(.certificate(certificate.name)) { return "*" }
        return certificate.lookup.flatMap { notes[.certificate($0)] } == nil ? "" : "&"
    }
}

extension DashboardState {
    /// The columns of the lists of events.
    var eventColumns: EventColumns { EventColumns(times: times, layout: layout, signs: signs) }

    var signs: RowSigns { RowSigns(marks: marks, notes: notes, database: databasePath) }
}
