import AuditStore
import CertCore

/// The notes as the screens look them up.
struct Notes: Hashable, Sendable {
    private var bySubject: [NoteSubject: Note] = [:]

    /// The most notes that a filter asks for.
    private static let filterLimit = 500

    init(_ notes: [Note] = []) {
        for note in notes { bySubject[note.subject] = note }
    }

    var isEmpty: Bool { bySubject.isEmpty }

    subscript(subject: NoteSubject) -> Note? { bySubject[subject] }

    /// The newest notes as conditions of the filter language.
    func conditions(database: String) -> [String] {
        bySubject.values.sorted { $0.changed > $1.changed }.prefix(Self.filterLimit)
            .compactMap { Self.condition($0.subject, database) }
    }

    private static func condition(_ subject: NoteSubject, _ database: String) -> String? {
        switch subject {
        case .certificate(let digits): "fp=\(digits)"
        case .address(let ip): FilterText.word("ip", is: ip)
        case .reason(let reason): FilterText.word("reason", is: reason)
        case .event(let id, let home): home == database ? "id=\(id)" : nil
        }
    }
}
