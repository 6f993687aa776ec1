import AuditEvents
import AuditStore
import CertCore
import Testing

@Suite("The numbers of the expiry list")
struct ExpiryCountingTests {
    @Test("Uses, rejections, addresses and shares are what a count of the rows gives")
    func counting() throws {
        let sample = try SampleDatabase.small.get()
        let hour: Int64 = 3_600_000
        let now = sample.end
        let start = (now.milliseconds / hour - 24) * hour
        let window = sample.rows.filter {
            $0.time.milliseconds >= start && $0.time.milliseconds < start + 25 * hour
        }
        let accepted = window.count { $0.outcome == .authenticated }
        let list = try sample.reader.expiring(within: 365 * 86_400_000, now: now, addressBudget: .max)
            .filter { $0.role == .client }
        #expect(list.count > 10)
        for entry in list {
            let rows = window.filter { $0.certificate?.id == entry.id }
            #expect(entry.uses24h == Int64(rows.count { $0.outcome == .authenticated }))
            #expect(entry.rejected24h == Int64(rows.count { $0.outcome == .rejected }))
            #expect(entry.addressesAreExact && entry.addresses == Set(rows.compactMap(\.ip)).count)
            let all = sample.rows.filter { $0.certificate?.id == entry.id }
            #expect(entry.acceptedEver == Int64(all.count { $0.outcome == .authenticated }))
            #expect(entry.lastSeen == all.map(\.time).max())
            let lifetime = entry.certificate.notBefore.flatMap { start in entry.certificate.notAfter.map { $0 - start }
            }
            if let lifetime, lifetime > 3 * hour {
                #expect(abs(entry.share - Double(entry.uses24h) / Double(accepted)) < 1e-12)
            }
        }
        let forecast = try sample.reader.expiryForecast(now: now)
        #expect(forecast.accepted == Int64(accepted))
    }
}
