public import CertCore
import GRDB

extension AuditReader {
    /// Certificates whose validity ends soon or has ended, most urgent first.
    ///
    /// Order: expired but still used, imminent, critical, warning, notice, the rest; within a level by impact, then
    /// by time. Dormant certificates, those never accepted and those that ended unused come last; those that were
    /// renewed before they ended are left out. Issuers that came along in chains are listed
    /// six times as early, with the traffic that stands below them.
    ///
    /// - Parameters:
    ///   - length: how far ahead to look, in milliseconds.
    ///   - now: the time to judge by.
    ///   - filter: which certificates; words about events are not taken here and select nothing.
    ///   - thresholds: when the levels warning and critical begin, where not as usual.
    ///   - addressBudget: how many events of the window to look at for addresses; 100,000 take about 20 ms.
    public func expiring(
        within length: Int64 = 30 * 86_400_000,
        now: Timestamp,
        filter: AuditFilter? = nil,
        thresholds: ExpiryThresholds = ExpiryThresholds(),
        addressBudget: Int64 = 100_000
    ) throws(StoreError) -> [ExpiringCertificate] {
        try read { snapshot in
            var judge = ExpiryJudge(snapshot: snapshot, now: now, length: length, filter: filter)
            judge.addressBudget = addressBudget
            judge.thresholds = thresholds
            return try judge.list()
        }
    }

    /// How much of the traffic stops when, if nothing is renewed.
    ///
    /// - Parameter now: the time to judge by.
    public func expiryForecast(now: Timestamp) throws(StoreError) -> ExpiryForecast {
        try read { snapshot in try ExpiryForecaster(snapshot: snapshot, now: now).forecast() }
    }

    /// How many certificates that are in use end soon or have ended: those that
    /// ``expiring(within:now:filter:thresholds:addressBudget:)`` does not put at the end of its list.
    ///
    /// - Parameters:
    ///   - length: how far ahead to look, in milliseconds.
    ///   - now: the time to judge by.
    public func countExpiringInUse(
        within length: Int64 = 30 * 86_400_000,
        now: Timestamp
    ) throws(StoreError) -> Int {
        try read { snapshot in
            try ExpiryCounter(snapshot: snapshot, now: now, length: length).count()
        }
    }
}
