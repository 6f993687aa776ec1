package import CertCore

/// What a note is about.
package enum NoteSubject: Hashable, Sendable {
    /// A certificate, by its fingerprint in lower-case hexadecimal digits.
    case certificate(String)
    /// A client address.
    case address(String)
    /// A reported reason.
    case reason(String)
    /// An event, by its number in one database.
    case event(Int64, database: String)

    /// The kind as it is stored; never changed.
    var kind: String {
        switch self {
        case .certificate: "certificate"
        case .address: "address"
        case .reason: "reason"
        case .event: "event"
        }
    }

    /// What tells it from others of its kind.
    var key: String {
        switch self {
        case .certificate(let digits): digits
        case .address(let text), .reason(let text): text
        case .event(let id, _): String(id)
        }
    }

    /// The database of an event; empty for what is the same everywhere.
    var scope: String {
        if case .event(_, let database) = self { return database }
        return ""
    }

    /// The subject of a stored row; nil for a kind that this release does not know.
    init?(kind: String, key: String, scope: String) {
        switch kind {
        case "certificate": self = .certificate(key)
        case "address": self = .address(key)
        case "reason": self = .reason(key)
        case "event":
            guard let id = Int64(key) else { return nil }
            self = .event(id, database: scope)
        default: return nil
        }
    }
}

/// What somebody wrote about something.
package struct Note: Hashable, Sendable {
    /// What it is about.
    package let subject: NoteSubject
    /// The words, as they were typed.
    package let text: String
    /// When they were written.
    package let changed: Timestamp

    /// Makes a note.
    package init(subject: NoteSubject, text: String, changed: Timestamp) {
        self.subject = subject
        self.text = text
        self.changed = changed
    }
}
