/// When a certificate's end becomes a warning and when critical, where somebody wants it otherwise than the levels have it.
///
/// A time given here is taken as it stands, whatever the certificate's lifetime.
public struct ExpiryThresholds: Hashable, Sendable {
    /// How long before the end the level `warning` begins, in milliseconds; nil for the usual rule.
    public var warning: Int64?
    /// The same for `critical`.
    public var critical: Int64?

    /// Makes thresholds; without any the usual rules hold.
    public init(warning: Int64? = nil, critical: Int64? = nil) {
        self.warning = warning
        self.critical = critical
    }

    /// How long before the end a level begins; `imminent` never before `critical`.
    func begin(of level: ExpiryLevel, usually: Int64) -> Int64 {
        switch level {
        case .warning: warning ?? usually
        case .critical: critical ?? usually
        case .imminent: min(usually, critical ?? usually)
        default: usually
        }
    }
}
