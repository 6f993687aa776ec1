package import CertCore

/// Times and durations as people write them in filters and options.
package enum TimeExpression {
    /// The longest duration: 1,000 years, so that sums cannot overflow.
    private static let longest: Int64 = 1000 * 365 * 86_400_000

    /// A time: RFC 3339, a date, a date with a time of day (UTC), `now`, `today`, `yesterday`,
    /// or a duration, which means that long ago.
    package static func time(_ text: String, now: Timestamp) -> Timestamp? {
        switch text.lowercased() {
        case "now": return now
        case "today": return midnight(now)
        case "yesterday": return midnight(now).advanced(byMilliseconds: -86_400_000)
        default: break
        }
        if let duration = duration(text) { return now.advanced(byMilliseconds: -duration) }
        return absolute(text)
    }

    /// A point in time written as a date, a date and time of day, or RFC 3339.
    package static func absolute(_ text: String) -> Timestamp? {
        switch text.utf8.count {
        case 10: Timestamp(rfc3339: text + "T00:00:00Z")
        case 16: Timestamp(rfc3339: text + ":00Z")
        case 19: Timestamp(rfc3339: text + "Z")
        default: Timestamp(rfc3339: text)
        }
    }

    /// A duration in milliseconds: numbers with `s m h d w y`, together (`1d12h`) or alone; `ms` too.
    package static func duration(_ text: String) -> Int64? {
        var total: Int64 = 0
        var rest = text[...]
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let unit = rest.prefix { $0.isLetter }
            rest = rest.dropFirst(unit.count)
            guard digits.count <= 15, let number = Int64(digits), let length = milliseconds(String(unit)) else {
                return nil
            }
            let (product, overflow) = number.multipliedReportingOverflow(by: length)
            if overflow || product > longest || total + product > longest { return nil }
            total += product
        }
        return total
    }

    private static func milliseconds(_ unit: String) -> Int64? {
        switch unit {
        case "ms": 1
        case "s": 1000
        case "m", "min": 60_000
        case "h": 3_600_000
        case "d": 86_400_000
        case "w": 7 * 86_400_000
        case "y": 365 * 86_400_000
        default: nil
        }
    }

    private static func midnight(_ time: Timestamp) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds.floored(to: 86_400_000))
    }
}

extension Int64 {
    /// The largest multiple of a positive length that is not above this number.
    func floored(to length: Int64) -> Int64 {
        let rest = self % length
        return rest < 0 ? self - rest - length : self - rest
    }
}
