public import CertCore

/// Which events to fetch; pages are cut by key, so a page costs the same at the start and in the middle of 10^8 rows.
public struct EventQuery: Hashable, Sendable {
    /// The direction of a list.
    public enum Order: Hashable, Sendable {
        /// Highest id first.
        case newestFirst
        /// Lowest id first.
        case oldestFirst
    }

    /// Which events; nil for all.
    public var filter: AuditFilter?
    /// The earliest event time, inclusive.
    public var since: Timestamp?
    /// The latest event time, exclusive.
    public var until: Timestamp?
    /// Only ids below this one.
    public var before: Int64?
    /// Only ids above this one.
    public var after: Int64?
    /// The direction.
    public var order: Order
    /// The most rows a page may hold; at least 1.
    public var limit: Int
    /// The most ids to look at for one page; nil looks until the page is full or the log ends.
    public var scanLimit: Int?

    /// Makes a query; without arguments it is the newest 100 events.
    public init(
        filter: AuditFilter? = nil,
        since: Timestamp? = nil,
        until: Timestamp? = nil,
        before: Int64? = nil,
        after: Int64? = nil,
        order: Order = .newestFirst,
        limit: Int = 100,
        scanLimit: Int? = nil
    ) {
        self.filter = filter
        self.since = since
        self.until = until
        self.before = before
        self.after = after
        self.order = order
        self.limit = limit
        self.scanLimit = scanLimit
    }
}

/// One page of events.
public struct EventPage: Hashable, Sendable {
    /// The rows, in the query's order.
    public let rows: [EventRow]
    /// Where the next page starts: `before` (newest first) or `after` (oldest first); nil at the end.
    public let resumeID: Int64?
    /// True when no further row can match.
    public let reachedEnd: Bool
    /// How many ids were looked at.
    public let scanned: Int

    /// Makes a page from its parts.
    package init(rows: [EventRow], resumeID: Int64?, reachedEnd: Bool, scanned: Int) {
        self.rows = rows
        self.resumeID = resumeID
        self.reachedEnd = reachedEnd
        self.scanned = scanned
    }
}
