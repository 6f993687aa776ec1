import CLinux

/// Gives memory back to the kernel when nothing has come for a moment: once after each stretch of work.
///
/// Only for the ingest thread.
struct CalmMemory {
    /// How long nothing must have come.
    private static let patience = Duration.milliseconds(200)
    /// Single events far apart are not worth the work each time.
    private static let spacing = Duration.seconds(10)

    /// Whether something was done since memory was given back.
    private(set) var isHeld = true
    private var lastWork = ContinuousClock.now
    private var lastRelease: ContinuousClock.Instant?

    /// Notes what a turn of the loop did; `release` gives back what the caller holds.
    mutating func note(isIdle: Bool, _ now: ContinuousClock.Instant, _ release: () -> Void) {
        guard isIdle else {
            lastWork = now
            isHeld = true
            return
        }
        guard isHeld, wait(now) <= .zero else { return }
        release()
        CLinux_give_back_memory()
        (isHeld, lastRelease) = (false, now)
    }

    /// How long to wait until memory is to be given back, when nothing comes meanwhile.
    func wait(_ now: ContinuousClock.Instant = .now) -> Duration {
        let calm = Self.patience - (now - lastWork)
        guard let lastRelease else { return calm }
        return max(calm, Self.spacing - (now - lastRelease))
    }
}
