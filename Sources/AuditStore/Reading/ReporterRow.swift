public import CertCore

/// A connection that reported events.
public struct ReporterRow: Hashable, Sendable, Identifiable {
    /// Who it was.
    public let reporter: Reporter
    /// When it connected.
    public let started: Timestamp
    /// When it left; nil while it is connected (or the collector died).
    public let ended: Timestamp?
    /// Events stored from it.
    public let events: Int64
    /// Rejections among its part of the newest 5,000 events of the log.
    public let rejected: Int64
    /// Lines of it that could not be read.
    public let badLines: Int64
    /// Events it is known to have lost.
    public let lost: Int64
    /// Events it sent again.
    public let repeated: Int64
    /// Its newest event's time.
    public let lastEvent: Timestamp?
    /// The service its newest event named.
    public let service: String?
    /// How its newest event's certificate was obtained.
    public let source: String?
    /// Milliseconds between its newest event's time and arrival.
    public let lag: Int64?

    /// The session's id.
    public var id: Int64 { reporter.session }

    /// Makes a row from its parts.
    package init(
        reporter: Reporter,
        started: Timestamp,
        ended: Timestamp? = nil,
        events: Int64 = 0,
        rejected: Int64 = 0,
        badLines: Int64 = 0,
        lost: Int64 = 0,
        repeated: Int64 = 0,
        lastEvent: Timestamp? = nil,
        service: String? = nil,
        source: String? = nil,
        lag: Int64? = nil
    ) {
        self.reporter = reporter
        self.started = started
        self.ended = ended
        self.events = events
        self.rejected = rejected
        self.badLines = badLines
        self.lost = lost
        self.repeated = repeated
        self.lastEvent = lastEvent
        self.service = service
        self.source = source
        self.lag = lag
    }
}
