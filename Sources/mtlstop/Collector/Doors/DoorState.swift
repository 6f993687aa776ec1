import AuditEvents

/// What the ingest thread knows of the doors beside the intake protocol; only for that thread.
final class DoorState {
    /// Reads what proxies log.
    var scanner = RecordScanner()
    /// Those that datagrams came from.
    var senders = DatagramSenders()
    /// The files that are followed, by path.
    var files: [String: FollowedLines] = [:]
}
