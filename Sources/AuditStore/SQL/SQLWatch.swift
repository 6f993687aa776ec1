/// Says when a statement has to end; asked by SQLite in the middle of its work.
final class SQLWatch {
    private let deadline: ContinuousClock.Instant
    private let isStopped: () -> Bool

    init(milliseconds: Int64, isStopped: @escaping () -> Bool) {
        deadline = .now + .milliseconds(milliseconds)
        self.isStopped = isStopped
    }

    /// True when the time is over or somebody stopped it.
    var isOver: Bool { isStopped() || ContinuousClock.now >= deadline }

    /// Why it ended.
    var reason: String { isStopped() ? "stopped" : "stopped: the time limit is over; narrow it, or add LIMIT" }
}
