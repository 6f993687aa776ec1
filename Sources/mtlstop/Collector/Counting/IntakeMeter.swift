import Synchronization

/// Where the threads of a collector leave their figures and anybody may read them.
///
/// The ingest thread publishes once a commit, the event loop counts connections; neither waits.
final class IntakeMeter: Sendable {
    private let published = Mutex(IntakeCounters())
    private let present = Atomic<Int>(0)
    private let accepted = Atomic<UInt64>(0)
    private let refused = Atomic<UInt64>(0)

    /// The figures now, but for those of the queue.
    var counters: IntakeCounters {
        var counters = published.withLock { $0 }
        counters.connections = present.load(ordering: .relaxed)
        counters.connectionsAccepted = accepted.load(ordering: .relaxed)
        counters.connectionsRefused = refused.load(ordering: .relaxed)
        return counters
    }

    /// Whether events are taken.
    var state: IntakeState { published.withLock { $0.state } }

    /// How many connections are open.
    var connections: Int { present.load(ordering: .relaxed) }

    /// Takes the ingest thread's figures.
    func publish(_ counters: IntakeCounters) {
        published.withLock { $0 = counters }
    }

    /// A connection was let in; gives its number, from 1.
    func connectionOpened() -> UInt64 {
        present.add(1, ordering: .relaxed)
        return accepted.add(1, ordering: .relaxed).newValue
    }

    /// A connection is gone.
    func connectionClosed() {
        present.subtract(1, ordering: .relaxed)
    }

    /// A connection was turned away.
    func connectionRefused() {
        refused.add(1, ordering: .relaxed)
    }
}
