import AuditEvents
import AuditStore
import CertCore
import Testing

@Suite("Certificates and their use")
struct CertificateReadingTests {
    private let sample: SampleDatabase

    init() throws {
        sample = try SampleDatabase.small.get()
    }

    @Test(
        "The numbers of every certificate are those of a recount",
        arguments: ["", "cn:svc-*", "ip:10.0.0.0/9 outcome:ok"]
    )
    func usage(_ text: String) throws {
        let filter = try AuditFilter(parsing: text, now: sample.end)
        let rows = try sample.reader.events(EventQuery(filter: filter, order: .oldestFirst, limit: .max)).rows
        let groups = Dictionary(grouping: rows.filter { $0.certificate != nil }) { $0.certificate?.id ?? 0 }
        let found = try sample.reader.certificates(CertificateQuery(filter: filter, limit: .max))
        #expect(Set(found.map(\.id)) == Set(groups.keys) && !found.isEmpty)
        for usage in found {
            let own = try #require(groups[usage.id])
            #expect(usage.accepted == Int64(own.count { $0.outcome == .authenticated }))
            #expect(usage.rejected == Int64(own.count { $0.outcome == .rejected }))
            #expect(usage.firstSeen == own.map(\.time).min())
            #expect(usage.lastSeen == own.map(\.time).max())
            #expect(usage.lastOutcome == own.max { $0.id < $1.id }?.outcome)
        }
    }

    @Test("Each order is what it says")
    func orders() throws {
        func list(_ order: CertificateQuery.Order) throws -> [CertificateUsage] {
            try sample.reader.certificates(CertificateQuery(order: order, limit: 40))
        }
        let uses = try list(.uses).map { $0.accepted + $0.rejected }
        #expect(uses == uses.sorted(by: >) && uses.count == 40)
        let seen = try list(.lastSeen).compactMap(\.lastSeen)
        #expect(seen == seen.sorted(by: >))
        let ends = try list(.expiry).compactMap(\.certificate.notAfter)
        #expect(ends == ends.sorted())
        let names = try list(.subject).compactMap(\.certificate.commonName)
        #expect(names == names.sorted())
    }

    @Test("A record tells days, addresses, paths and the last rejection")
    func record() throws {
        let row = try #require(sample.rows.last { $0.outcome == .rejected && $0.certificate != nil })
        let certificate = try #require(row.certificate)
        let own = sample.rows.filter { $0.certificate?.id == certificate.id }
        let record = try #require(try sample.reader.certificate(matching: certificate.sha256?.colonHex ?? ""))
        #expect(record.usage.certificate == certificate)
        #expect(record.usage.accepted + record.usage.rejected == Int64(own.count))
        #expect(record.lastRejection == row)
        #expect(record.der == nil && record.issuers.isEmpty)
        #expect(record.days.reduce(0) { $0 + $1.accepted + $1.rejected } == Int64(own.count))
        #expect(record.days.map(\.day) == record.days.map(\.day).sorted())
        let newest = own.suffix(record.sampledEvents)
        #expect(record.sampledEvents == min(2000, own.count))
        for address in record.addresses { #expect(address.count == Int64(newest.count { $0.ip == address.name })) }
        #expect(try sample.reader.certificate(id: certificate.id) == record)
        #expect(try sample.reader.certificate(matching: "#\(certificate.id)") == record)
    }

    @Test("An unknown fingerprint finds nothing; one that fits several is refused")
    func ambiguity() throws {
        #expect(try sample.reader.certificate(matching: "ffff0000ffff0000") == nil)
        #expect(try sample.reader.certificate(matching: "zz") == nil)
        let database = try LineDatabase(now: sample.end)
        for (name, tail) in [("a", "11"), ("b", "22")] {
            let digits = String(repeating: "ab", count: 31) + tail
            try database.add("authenticated", at: sample.end, #""cn":"\#(name)","fingerprint":"\#(digits)""#)
        }
        let reader = try AuditReader(path: database.path)
        let error = try #require(throws: StoreError.self) { try reader.certificate(matching: "abab") }
        #expect(error.code == .ambiguous)
        #expect(
            try reader.certificate(matching: String(repeating: "AB:", count: 31) + "22")?.usage.certificate.commonName
                == "b"
        )
    }
}
