import CertCore
import SafeText

/// Whether events are being recorded, and by whom.
enum CollectorHealth: Hashable, Sendable {
    /// Not looked at yet.
    case unknown
    /// This dashboard runs it.
    case inside
    /// Another process runs it; its pid where the kernel shows it.
    case outside(pid: Int32?)
    /// There is none, and this dashboard was told not to start one.
    case absent
    /// There was one and it has gone.
    case down(pid: Int32?, since: Timestamp)
}

/// Whether the database can be read.
enum DatabaseHealth: Hashable, Sendable {
    case opening
    case open
    case missing
    case unreadable(SafeText)
}

/// What is known about the two ends of the pipe.
struct Health: Hashable, Sendable {
    var collector = CollectorHealth.unknown
    var database = DatabaseHealth.opening

    /// True when what is on the screen may be old: nobody records, or nothing can be read.
    var isStale: Bool {
        if case .down = collector { return true }
        if case .unreadable = database { return true }
        return false
    }
}
