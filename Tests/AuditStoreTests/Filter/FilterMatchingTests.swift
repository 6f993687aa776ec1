import AuditEvents
import AuditStore
import CertCore
import Testing

@Suite("What filters select")
struct FilterMatchingTests {
    private let sample: SampleDatabase

    init() throws {
        sample = try SampleDatabase.small.get()
    }

    private typealias Check = @Sendable (EventRow) -> Bool

    private static let checks: [String: Check] = [
        "outcome:rej": { $0.outcome == .rejected },
        "outcome:ok and ip:10.4.0.0/16": { $0.outcome == .authenticated && $0.ip?.hasPrefix("10.4.") == true },
        "ip:10.0.0.0/13": { row in
            guard let octet = row.ip?.split(separator: ".").dropFirst().first.flatMap({ Int($0) }) else { return false }
            return octet < 8
        },
        "ip:10.4.*": { $0.ip?.hasPrefix("10.4.") == true },
        "not path:/v1/iot": { $0.path?.hasPrefix("/v1/iot") != true },
        "path:*/1?": { row in
            guard let last = row.path?.split(separator: "/").last else { return false }
            return last.count == 2 && last.hasPrefix("1")
        },
        "path=/v1/partner/7": { $0.path == "/v1/partner/7" },
        "path~PARTNER": { $0.path?.contains("partner") == true },
        "cn:SVC-*": { $0.certificate?.commonName?.hasPrefix("svc-") == true },
        "cn=SVC-billing-1": { _ in false },
        "is:anonymous": { $0.certificate == nil },
        "cn:\"\"": { _ in false },
        "issuer:corp-int": { $0.certificate?.issuer?.contains("corp-int") == true },
        "san:*.prod.example": { $0.certificate != nil },
        "san:spiffe://sample/batch": { row in
            row.certificate?.subjectAlternativeNames.contains { $0.contains("spiffe://sample/batch") } == true
        },
        "reason:callback_returned_false": { $0.reason == "callback_returned_false" },
        "reason:expired": { $0.rejectionClass == .expired },
        "class:revoked or class:policy": { [.revoked, .policy].contains($0.rejectionClass) },
        "code:CERT_REVOKED": { $0.code?.rawValue == 23 },
        "service:billing and method:get": { $0.service == "billing" },
        "service!=billing": { $0.service != "billing" },
        "source:nginx": { $0.source == "nginx" },
        "host:api.example agent:SAMPLE": { _ in true },
        "is:resumed outcome:rej": { $0.resumed == true && $0.outcome == .rejected },
        "is:new": { $0.isFirstSeen },
        "not is:new and cn:batch*": { !$0.isFirstSeen && $0.certificate?.commonName?.hasPrefix("batch") == true },
        "is:verified": { $0.verified == true },
        "is:damaged": { $0.marks != 0 },
        "id>100 id<=200": { $0.id > 100 && $0.id <= 200 },
        "id=77 or id:78": { $0.id == 77 || $0.id == 78 },
        "partner": { row in
            [row.certificate?.subject, row.path, row.ip, row.reason].contains { $0?.contains("partner") == true }
        },
        "suspended": { $0.reason?.contains("suspended") == true },
        "session:1": { $0.reporter.session == 1 },
        "(outcome:rej or is:resumed) and not (service:search or service:gateway)": {
            ($0.outcome == .rejected || $0.resumed == true) && $0.service != "search" && $0.service != "gateway"
        },
    ]

    @Test("A filter selects exactly what its words say", arguments: FilterMatchingTests.checks.keys.sorted())
    func exact(_ text: String) throws {
        let check = try #require(Self.checks[text])
        let filter = try AuditFilter(parsing: text, now: sample.end)
        let expected = sample.rows.filter(check).map(\.id)
        let query = EventQuery(filter: filter, order: .oldestFirst, limit: .max)
        #expect(try sample.reader.events(query).rows.map(\.id) == expected)
        let totals = try sample.reader.totals(filter: filter)
        #expect(totals.events == Int64(expected.count))
    }

    @Test("Times in a filter are those of the moment it was read")
    func times() throws {
        let filter = try AuditFilter(parsing: "since:1d until:12h", now: sample.end)
        let since = sample.end.advanced(byMilliseconds: -86_400_000)
        let until = sample.end.advanced(byMilliseconds: -43_200_000)
        let found = try sample.reader.events(EventQuery(filter: filter, order: .oldestFirst, limit: .max)).rows
        #expect(found == sample.rows(since: since, until: until))
        #expect(!found.isEmpty)
    }

    @Test("A fingerprint's first digits and a serial select one certificate")
    func identity() throws {
        let certificate = try #require(sample.rows.first { $0.certificate != nil }?.certificate)
        let expected = sample.rows.filter { $0.certificate?.id == certificate.id }.map(\.id)
        let hex = try #require(certificate.sha256?.colonHex)
        for text in ["fp:\(hex)", "fp:\(hex.prefix(17))", "serial:\(certificate.serial ?? "")"] {
            let filter = try AuditFilter(parsing: text, now: sample.end)
            let query = EventQuery(filter: filter, order: .oldestFirst, limit: .max)
            #expect(try sample.reader.events(query).rows.map(\.id) == expected, "\(text)")
        }
    }

    @Test("Expiry conditions compare the certificate's end with now")
    func expiry() throws {
        let limit = sample.end.advanced(byMilliseconds: 30 * 86_400_000)
        let filter = try AuditFilter(parsing: "expires<30d", now: sample.end)
        let expected = sample.rows.filter { row in row.certificate?.notAfter.map { $0 < limit } ?? false }.map(\.id)
        let query = EventQuery(filter: filter, order: .oldestFirst, limit: .max)
        #expect(try sample.reader.events(query).rows.map(\.id) == expected)
        #expect(!expected.isEmpty && expected.count < sample.rows.count)
    }
}
