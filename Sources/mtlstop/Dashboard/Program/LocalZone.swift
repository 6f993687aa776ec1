import CertCore
import Glibc

/// The time zone of the process, `TZ` included.
enum LocalZone {
    /// Seconds that local time is ahead of UTC at a time.
    static let offset: @Sendable (Timestamp) -> Int = { time in
        var seconds = time_t(time.milliseconds / 1000)
        var fields = tm()
        guard localtime_r(&seconds, &fields) != nil else { return 0 }
        return Int(fields.tm_gmtoff)
    }
}
