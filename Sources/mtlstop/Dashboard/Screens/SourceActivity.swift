import AuditStore
import CertCore
import SafeText
import Terminal

/// How busy a connection is: its usual rate, and whether it has fallen silent.
struct SourceActivity: Hashable, Sendable {
    /// Events a second from its start to its newest event; nil without two of them.
    let rate: Double?
    /// True when it is connected and has said nothing for much longer than it usually does.
    let isSilent: Bool
    private let isOpen: Bool

    /// Silence is never told before a minute, nor before twenty events would usually have come.
    init(_ row: ReporterRow, now: Timestamp) {
        isOpen = row.ended == nil
        guard let last = row.lastEvent, row.events > 1, last > row.started else {
            rate = nil
            isSilent = false
            return
        }
        let usual = Double(row.events) * 1000 / Double(last - row.started)
        rate = usual
        isSilent = isOpen && Double(now - last) > max(60_000, 20_000 / usual)
    }

    var word: SafeText { !isOpen ? "left" : isSilent ? "SILENT" : "open" }

    var role: Role { !isOpen ? .dim : isSilent ? .warning : .ok }
}
