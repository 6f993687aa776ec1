import CertCore

/// The clock of the reading commands; `MTLSTOP_NOW` (RFC 3339) freezes it for tests and replays.
struct Clock: Sendable {
    private let frozen: Timestamp?

    /// A clock that stands still at a time, or runs when there is none.
    init(frozen: Timestamp? = nil) {
        self.frozen = frozen
    }

    /// Reads `MTLSTOP_NOW`; a value that is no RFC 3339 time is a usage failure.
    init(environment: Environment = .current()) throws {
        guard let text = environment["MTLSTOP_NOW"] else {
            self.init(frozen: nil)
            return
        }
        guard let time = Timestamp(rfc3339: text) else {
            throw Failure(
                .usage,
                what: "MTLSTOP_NOW",
                why: "\"\(text)\" is no RFC 3339 time",
                remedy: "write it like 2026-11-23T13:00:00Z"
            )
        }
        self.init(frozen: time)
    }

    /// True when the time never moves.
    var isFrozen: Bool { frozen != nil }

    /// The time now.
    var now: Timestamp { frozen ?? .now() }
}
