import CertCore
import Testing

@Suite("How close a certificate is to its end")
struct ExpiryLevelTests {
    private let hour: Int64 = 3_600_000

    private func level(lifetime: Int64, remaining: Int64) -> ExpiryLevel {
        let end = Timestamp(milliseconds: 1_800_000_000_000)
        return .level(
            notBefore: end.advanced(byMilliseconds: -lifetime),
            notAfter: end,
            at: end.advanced(byMilliseconds: -remaining)
        )
    }

    @Test("A year's certificate is warned about by days")
    func yearByDays() {
        let year = 365 * 24 * hour
        let day = 24 * hour
        #expect(level(lifetime: year, remaining: 30 * day + 1) == .ok)
        #expect(level(lifetime: year, remaining: 30 * day) == .notice)
        #expect(level(lifetime: year, remaining: 14 * day) == .warning)
        #expect(level(lifetime: year, remaining: 7 * day) == .critical)
        #expect(level(lifetime: year, remaining: day) == .imminent)
        #expect(level(lifetime: year, remaining: 0) == .expired)
        #expect(level(lifetime: year, remaining: -1) == .expired)
    }

    @Test("Thresholds of one's own hold whatever the lifetime, and nothing is imminent before it is critical")
    func ownThresholds() {
        let day = 24 * hour
        let end = Timestamp(milliseconds: 1_800_000_000_000)
        func level(_ remaining: Int64, _ thresholds: ExpiryThresholds) -> ExpiryLevel {
            let start = end.advanced(byMilliseconds: -90 * day)
            return .level(
                notBefore: start,
                notAfter: end,
                at: end.advanced(byMilliseconds: -remaining),
                thresholds: thresholds
            )
        }
        let early = ExpiryThresholds(warning: 40 * day, critical: 20 * day)
        #expect(level(40 * day + 1, early) == .ok && level(40 * day, early) == .warning)
        #expect(level(20 * day, early) == .critical && level(day, early) == .imminent)
        let late = ExpiryThresholds(warning: 2 * day, critical: hour)
        #expect(level(10 * day, late) == .notice && level(2 * day, late) == .warning)
        #expect(level(2 * hour, late) == .warning && level(hour, late) == .imminent && level(0, late) == .expired)
        #expect(level(14 * day, ExpiryThresholds()) == .warning)
    }

    @Test("An hour's certificate is warned about by shares of its lifetime")
    func hourByShares() {
        #expect(level(lifetime: hour, remaining: 21 * 60_000) == .ok)
        #expect(level(lifetime: hour, remaining: 20 * 60_000) == .notice)
        #expect(level(lifetime: hour, remaining: 12 * 60_000) == .warning)
        #expect(level(lifetime: hour, remaining: 6 * 60_000) == .critical)
        #expect(level(lifetime: hour, remaining: 72_000) == .imminent)
    }

    @Test("A start in the future is not yet valid, unless clocks explain it")
    func notYetValid() {
        #expect(level(lifetime: 100 * hour, remaining: 101 * hour) == .notYetValid)
        #expect(level(lifetime: 100 * hour, remaining: 100 * hour + 4 * 60_000) == .ok)
    }

    @Test("An inverted validity is expired, and the year 9999 never ends")
    func guards() {
        #expect(level(lifetime: 0, remaining: 1) == .expired)
        #expect(level(lifetime: -1, remaining: 1) == .expired)
        let end = Timestamp(rfc3339: "9999-12-31T23:59:59Z")
        let start = Timestamp(rfc3339: "2020-01-01T00:00:00Z")
        if let end, let start {
            #expect(ExpiryLevel.level(notBefore: start, notAfter: end, at: end.advanced(byMilliseconds: -1)) == .ok)
        }
    }

    @Test("An issuer is warned about half a year ahead, a short-lived one by shares of its lifetime")
    func issuers() {
        let day = 24 * hour
        func issuer(lifetime: Int64, remaining: Int64) -> ExpiryLevel {
            let end = Timestamp(milliseconds: 1_800_000_000_000)
            return .level(
                issuerNotBefore: end.advanced(byMilliseconds: -lifetime),
                notAfter: end,
                at: end.advanced(byMilliseconds: -remaining)
            )
        }
        let decade = 3650 * day
        #expect(issuer(lifetime: decade, remaining: 180 * day + 1) == .ok)
        #expect(issuer(lifetime: decade, remaining: 180 * day) == .notice)
        #expect(issuer(lifetime: decade, remaining: 90 * day) == .warning)
        #expect(issuer(lifetime: decade, remaining: 30 * day) == .critical)
        #expect(issuer(lifetime: decade, remaining: day) == .imminent)
        #expect(issuer(lifetime: decade, remaining: 0) == .expired)
        #expect(issuer(lifetime: 30 * day, remaining: 15 * day + 1) == .ok)
        #expect(issuer(lifetime: 30 * day, remaining: 15 * day) == .notice)
        #expect(issuer(lifetime: 30 * day, remaining: 3 * day) == .critical)
    }

    @Test("A late renewal raises by one level, never to expired")
    func raised() {
        #expect(
            [ExpiryLevel.ok, .notice, .warning, .critical].map(\.raised) == [.notice, .warning, .critical, .imminent]
        )
        #expect([ExpiryLevel.imminent, .expired, .notYetValid].map(\.raised) == [.imminent, .expired, .notYetValid])
    }
}
