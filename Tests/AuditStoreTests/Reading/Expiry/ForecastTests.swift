import AuditStore
import CertCore
import Testing

@Suite("When traffic stops")
struct ForecastTests {
    private func now() throws -> Timestamp { try #require(Timestamp(rfc3339: "2026-11-23T13:20:00Z")) }

    @Test("The traffic that stops is counted by horizon and issuer, and a chain ends with its earliest end")
    func forecast() throws {
        let now = try now()
        let database = try LineDatabase(now: now.advanced(byMilliseconds: -86_400_000))
        let hour = now.advanced(byMilliseconds: -3_600_000)
        let year = "Nov 23 00:00:00 2025 GMT"
        func claim(_ name: String, _ number: UInt8, _ end: String, _ issuer: String = "ca") -> String {
            LineDatabase.claim(name, number: number, from: year, to: end, issuer: issuer)
        }
        try database.add("authenticated", at: hour, claim("ended", 1, "Nov 23 00:00:00 2026 GMT"))
        for _ in 0..<2 { try database.add("authenticated", at: hour, claim("soon", 2, "Nov 23 14:00:00 2026 GMT")) }
        try database.add("authenticated", at: hour, claim("week", 3, "Nov 29 00:00:00 2026 GMT", "other"))
        for _ in 0..<4 { try database.add("authenticated", at: hour, claim("far", 4, "Nov 29 00:00:00 2028 GMT")) }
        try database.add("rejected", at: hour, claim("refused", 5, "Nov 23 14:00:00 2026 GMT"))
        // Its own end is in June; the CA above it ends on 10 December.
        try database.add("authenticated", at: hour, try ExpiryFixture.member("under-ending-ca"))
        try database.add("authenticated", at: hour)
        let forecast = try AuditReader(path: database.path).expiryForecast(now: now)
        #expect(forecast.accepted == 10 && forecast.endedUses == 1)
        #expect(forecast.horizons.map(\.uses) == [2, 2, 3, 4])
        #expect(forecast.horizons.map(\.certificates) == [1, 1, 2, 3])
        #expect(forecast.share(forecast.horizons[2].uses) == 0.3)
        #expect(forecast.issuers.map(\.name) == ["ca", "Ending CA", "other"])
        #expect(forecast.issuers.map { $0.horizons.map(\.uses) } == [[2, 2, 2, 2], [0, 0, 0, 1], [0, 0, 1, 1]])
        #expect(forecast.stops.map(\.name) == ["soon", "week", "one"])
        #expect(forecast.stops.last?.time.rfc3339 == "2026-12-10T00:00:00.000Z")
    }

    @Test("The parts of the issuers add up to the whole, at every horizon")
    func sums() throws {
        let sample = try SampleDatabase.small.get()
        let forecast = try sample.reader.expiryForecast(now: sample.end)
        for (index, horizon) in forecast.horizons.enumerated() {
            #expect(forecast.issuers.reduce(0) { $0 + $1.horizons[index].uses } == horizon.uses)
            #expect(forecast.issuers.reduce(0) { $0 + $1.horizons[index].certificates } == horizon.certificates)
        }
        #expect(forecast.horizons.map(\.uses) == forecast.horizons.map(\.uses).sorted())
        #expect(forecast.accepted > 0)
    }

    @Test("A database without events forecasts nothing, and shares are zero instead of no number")
    func empty() throws {
        let now = try now()
        let database = try LineDatabase(now: now)
        let forecast = try AuditReader(path: database.path).expiryForecast(now: now)
        #expect(forecast.accepted == 0 && forecast.stops.isEmpty && forecast.issuers.isEmpty)
        #expect(forecast.share(0) == 0)
    }
}
