public import CertCore

extension AuditReader {
    /// What is different in the last so many milliseconds from the same length before.
    ///
    /// Counts come from roll-ups of hours, or of days for a week and more, so both periods are rounded outwards to
    /// them; new addresses are looked for among the newest 100,000 events only.
    ///
    /// - Parameters:
    ///   - length: the period; at least an hour.
    ///   - now: its end.
    public func changes(within length: Int64, now: Timestamp) throws(StoreError) -> ChangeReport {
        try read { snapshot in
            try ChangeFinder(snapshot: snapshot, now: now.milliseconds, length: max(length, 3_600_000)).report()
        }
    }
}
