/// The length of a roll-up bucket: the `span` of a `roll` or `cert_use` row.
///
/// The numbers are stored and never change.
package enum RollupSpan: Int64, CaseIterable, Sendable {
    /// 60 seconds.
    case minute = 1
    /// 3,600 seconds.
    case hour = 2
    /// 86,400 seconds, from midnight UTC.
    case day = 3

    /// The length in milliseconds.
    package var milliseconds: Int64 {
        switch self {
        case .minute: 60_000
        case .hour: 3_600_000
        case .day: 86_400_000
        }
    }

    /// The number of the bucket that holds the moment, rounded down (also before 1970).
    package func bucket(ofMilliseconds milliseconds: Int64) -> Int64 {
        let length = self.milliseconds
        let quotient = milliseconds / length
        return milliseconds % length < 0 ? quotient - 1 : quotient
    }
}
