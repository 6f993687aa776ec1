public import CertCore

/// What the database holds in all.
public struct StoreStatus: Hashable, Sendable {
    /// The schema's version.
    public let schemaVersion: Int
    /// Events stored now.
    public let events: Int64
    /// The lowest event id; nil when there is none.
    public let firstEventID: Int64?
    /// The highest event id.
    public let lastEventID: Int64?
    /// The earliest event time.
    public let oldest: Timestamp?
    /// The latest event time.
    public let newest: Timestamp?
    /// Certificates known.
    public let certificates: Int
    /// Connections ever accepted.
    public let sessions: Int
    /// Producers ever seen.
    public let producers: Int
    /// Lines that could not be read.
    public let badLines: Int64
    /// Events known to be lost.
    public let lostEvents: Int64
    /// Bytes of the database file.
    public let fileBytes: Int64
    /// Bytes of its write-ahead log.
    public let walBytes: Int64
    /// When the newest event arrived.
    public let lastReceived: Timestamp?
    /// The highest event id the roll-ups cover.
    public let derivedUpTo: Int64

    /// Makes a status from its parts.
    package init(
        schemaVersion: Int = 3,
        events: Int64 = 0,
        firstEventID: Int64? = nil,
        lastEventID: Int64? = nil,
        oldest: Timestamp? = nil,
        newest: Timestamp? = nil,
        certificates: Int = 0,
        sessions: Int = 0,
        producers: Int = 0,
        badLines: Int64 = 0,
        lostEvents: Int64 = 0,
        fileBytes: Int64 = 0,
        walBytes: Int64 = 0,
        lastReceived: Timestamp? = nil,
        derivedUpTo: Int64 = 0
    ) {
        self.schemaVersion = schemaVersion
        self.events = events
        self.firstEventID = firstEventID
        self.lastEventID = lastEventID
        self.oldest = oldest
        self.newest = newest
        self.certificates = certificates
        self.sessions = sessions
        self.producers = producers
        self.badLines = badLines
        self.lostEvents = lostEvents
        self.fileBytes = fileBytes
        self.walBytes = walBytes
        self.lastReceived = lastReceived
        self.derivedUpTo = derivedUpTo
    }
}
