package import CertCore

/// From when until when the collector ran, as it noted itself.
package struct CollectorUptime: Hashable, Sendable {
    /// A stretch without a collector.
    package struct Downtime: Hashable, Sendable {
        /// The stop, else the last sign of life before it.
        package var start: Timestamp
        /// The next start.
        package var end: Timestamp
        /// True after a stop in order; false after a crash, a kill or a power cut.
        package var wasPlanned: Bool
        /// Its length in milliseconds.
        package var length: Int64 { end - start }
    }

    /// The first start that was noted: before it nothing is known.
    package var recordedFrom: Timestamp
    /// The last sign of life.
    package var alive: Timestamp
    /// When the last run stopped in order; nil while it runs, or when it ended without a word.
    package var stopped: Timestamp?
    /// The stretches without a collector in the period, longest first; at most ``AuditCompleteness/mostStretches``.
    package var downtimes: [Downtime] = []
    /// How many there are.
    package var count: Int64 = 0
    /// How many of them did not begin with a stop in order.
    package var unplanned: Int64 = 0
    /// How long they are together, in milliseconds.
    package var length: Int64 = 0
}
