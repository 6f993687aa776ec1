package import CertCore

/// What is known about the whole of the log, and about what is not in it.
package struct AuditCompleteness: Hashable, Sendable {
    /// Events that got lost on the way, as their producer or the collector told.
    package struct Loss: Hashable, Sendable {
        /// When it was noticed.
        package var time: Timestamp
        /// How: `gap`, `drop`, `collector`.
        package var kind: String
        /// How many.
        package var count: Int64
        /// The first and the last number of the producer, when the gap shows them.
        package var sequences: ClosedRange<Int64>?
        /// The connection it happened on.
        package var session: Int64?
        /// The application behind it.
        package var application: String?
    }

    /// A name and a number.
    package struct Tally: Hashable, Sendable {
        /// The name.
        package var name: String
        /// The number.
        package var count: Int64

        /// Makes a tally.
        package init(name: String, count: Int64) {
            self.name = name
            self.count = count
        }
    }

    /// A stretch of time.
    package struct Silence: Hashable, Sendable {
        /// Where it starts.
        package var start: Timestamp
        /// Where it ends.
        package var end: Timestamp
        /// Its length in milliseconds.
        package var length: Int64 { end - start }
    }

    /// All events of the log.
    package var events: Int64 = 0
    /// The lowest and the highest id of the log.
    package var ids: ClosedRange<Int64>?
    /// Ids between those two that no event has: retention, or a hand at the database.
    package var missingIDs: Int64 = 0
    /// The first of the stretches of missing ids.
    package var gaps: [ClosedRange<Int64>] = []
    /// The earliest and the latest event time of the log.
    package var times: ClosedRange<Timestamp>?
    /// Losses of the period, newest last; at most ``mostLosses``.
    package var losses: [Loss] = []
    /// How many loss notices the period has.
    package var lossNotices: Int64 = 0
    /// Events lost in the period.
    package var lostEvents: Int64 = 0
    /// Lines of the period that could not be understood, by code.
    package var badLines: [Tally] = []
    /// Events that producers sent again and that were dropped as repeats, ever.
    package var repeatedEvents: Int64 = 0
    /// Connections open in the period.
    package var sessions: Int64 = 0
    /// What is known about the collector's runs; nil in a database that no release with runs has written yet.
    package var collector: CollectorUptime?
    /// When no reporter was connected, longest first: the collector was down, or nobody spoke to it.
    package var disconnected: [Silence] = []
    /// The longest stretches between arrivals of matching events, longest first.
    package var silences: [Silence] = []

    /// How many losses are listed.
    package static let mostLosses = 100
    /// How many stretches are listed of each kind.
    package static let mostStretches = 10

    /// Lines of the period that could not be understood.
    package var badLineCount: Int64 { badLines.reduce(0) { $0 + $1.count } }

    /// Nothing yet.
    package init() {}
}
