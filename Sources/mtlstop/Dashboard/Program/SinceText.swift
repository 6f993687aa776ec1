import CertCore

/// Reads `--since`: a time, or a duration before now.
enum SinceText {
    /// - Throws: a usage ``Failure`` when it is neither.
    static func parse(_ text: String, now: Timestamp) throws -> Timestamp {
        if let time = Timestamp(rfc3339: text) { return time }
        if let milliseconds = duration(text) { return now.advanced(byMilliseconds: -milliseconds) }
        throw Failure(
            .usage,
            what: "--since",
            why: "\"\(text)\" is neither a time nor a duration",
            remedy: "write it like 2026-11-23T13:00:00Z, 90m, 24h or 7d"
        )
    }

    private static func duration(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count >= 0 else {
            return nil
        }
        let (length, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow ? nil : length
    }
}
