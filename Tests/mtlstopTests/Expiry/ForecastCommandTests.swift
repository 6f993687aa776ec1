import AuditEvents
import Testing

@Suite("mtlstop expiring --forecast")
struct ForecastCommandTests {
    @Test("The table says how much stops when, and which certificate is next")
    func table() throws {
        let log = try SampleLog.whole()
        let (status, output, _) = try log.run(["expiring", "--forecast", "--format", "table"])
        #expect(status == 0)
        try expectGolden(output, "expiring-forecast.txt")
    }

    @Test("The object for programs has the same numbers")
    func json() throws {
        let log = try SampleLog.whole()
        let (status, output, _) = try log.run(["expiring", "--forecast", "--format", "ndjson"])
        #expect(status == 0)
        let forecast = try JSONValue(parsing: output)
        #expect(forecast["accepted"]?.digits == "3")
        let uses = forecast["horizons"]?.elements?.compactMap { $0["uses"]?.digits }
        #expect(uses == ["0", "0", "2", "2"])
        #expect(forecast["stops"]?.elements?.first?["name"] == .string("svc-billing"))
    }

    @Test("Two questions at once, or a horizon that is no duration, are exit code 64")
    func usage() throws {
        let log = try SampleLog.whole()
        #expect(try log.run(["expiring", "--check", "--forecast"]).0 == 64)
        #expect(try log.run(["expiring", "--within", "soon"]).0 == 64)
    }
}
