import CertCore

/// The two clocks at one moment: what people read, and one that only goes forward.
struct ClockReading: Hashable, Sendable {
    /// The time shown; frozen under `MTLSTOP_NOW`.
    var now: Timestamp
    /// Milliseconds since some start; never goes back, never frozen.
    var uptime: Int64
}
