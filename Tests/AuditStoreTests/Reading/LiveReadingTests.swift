import AuditEvents
import AuditStore
import CertCore
import Glibc
import SafeText
import Testing

@Suite("Reading while a collector writes")
struct LiveReadingTests {
    private let start = Timestamp(milliseconds: 1_795_438_800_123)

    @Test("Numbers are exact while the roll-ups lag behind the events")
    func tail() throws {
        let database = try LineDatabase(now: start)
        func minute(_ number: Int64) -> Timestamp { start.advanced(byMilliseconds: number * 60_000) }
        for number in 0..<20 { try database.add("authenticated", at: minute(Int64(number)), #""cn":"a","path":"/a""#) }
        try database.flush()
        let reader = try AuditReader(path: database.path)
        let covered = try reader.status().derivedUpTo
        for number in 10..<25 { try database.add("rejected", at: minute(Int64(number)), #""cn":"a","reason":"no""#) }
        let status = try reader.status()
        #expect(covered == 20 && status.lastEventID == 35 && status.events == 35)
        let totals = try reader.totals(since: minute(5), until: minute(15), buckets: 10)
        #expect(totals.accepted == 10 && totals.rejected == 5)
        #expect(totals.buckets.reduce(0) { $0 + $1.rejected } == 5)
        #expect(try reader.rejections(now: minute(30)).total == 15)
        let usage = try reader.certificates()
        #expect(usage.map(\.accepted) == [20] && usage.map(\.rejected) == [15])
        let record = try reader.certificate(id: usage[0].id)
        #expect(record?.days.reduce(0) { $0 + $1.accepted + $1.rejected } == 35)
    }

    @Test("The data version moves with each commit of another connection, and only then")
    func version() throws {
        let database = try LineDatabase(now: start)
        try database.add("authenticated", at: start)
        let reader = try AuditReader(path: database.path)
        let first = try reader.dataVersion()
        #expect(try reader.dataVersion() == first)
        try database.add("authenticated", at: start)
        #expect(try reader.dataVersion() != first)
        #expect(try reader.events(EventQuery()).rows.count == 2)
    }

    @Test("What a reporter said is printed with every key of the contract, absent values as null")
    func json() throws {
        let database = try LineDatabase(now: start)
        try database.add(
            "rejected",
            at: start,
            #""service":"billing","source":"socket","reason":"socket_not_authorized""#,
            #""req":{"method":"GET","url":"/v1/x?y=1\u001b[31m","ip":"10.0.0.1","port":51544}"#,
            #""tls":{"authorized":false,"authorizationError":"CERT_HAS_EXPIRED","protocol":"TLSv1.3"}"#
        )
        let row = try #require(try AuditReader(path: database.path).events(EventQuery()).rows.first)
        var writer = JSONWriter()
        row.writeJSON(to: &writer)
        #expect(
            writer.string == """
                {"id":1,"time":"2026-11-23T13:00:00.123Z","received":"2026-11-23T13:00:00.123Z",\
                "outcome":"rejected","reason":"socket_not_authorized","class":"expired","code":10,\
                "service":"billing","source":"socket","verified":false,\
                "request":{"method":"GET","path":"/v1/x?y=1\\u001b[31m","ip":"10.0.0.1","port":51544,"host":null,\
                "userAgent":null},"tls":{"protocol":"TLSv1.3","cipher":null,"resumed":null,"servername":null,\
                "authorizationError":"CERT_HAS_EXPIRED"},"certificate":null,\
                "reporter":{"session":1,"producer":null,"application":null,"pid":4711,"uid":33,"gid":34},\
                "firstSeen":false,"marks":0}
                """
        )
    }

    @Test("Reporters are listed with their newest event")
    func reporters() throws {
        let database = try LineDatabase(now: start)
        try database.add("authenticated", at: start, #""service":"billing""#)
        try database.add("rejected", at: start.advanced(byMilliseconds: 1000), #""service":"orders""#)
        let rows = try AuditReader(path: database.path).reporters()
        #expect(rows.count == 1)
        #expect(rows.first?.events == 2 && rows.first?.rejected == 1 && rows.first?.service == "orders")
        #expect(rows.first?.reporter == Reporter(session: 1, pid: 4711, uid: 33, gid: 34))
        #expect(rows.first?.started == start && rows.first?.ended == nil)
    }
}

@Suite("What is no audit database")
struct ReaderErrorTests {
    @Test("A missing file, a text file and a foreign database are told apart from ours")
    func errors() throws {
        let folder = try TemporaryFolder()
        let missing = try #require(throws: StoreError.self) { try AuditReader(path: folder.path + "/none.db") }
        #expect(missing.code == .notFound)
        let text = folder.path + "/text.db"
        let file = fopen(text, "w")
        fputs(String(repeating: "this is no database\n", count: 100), file)
        fclose(file)
        let foreign = try #require(throws: StoreError.self) { try AuditReader(path: text) }
        #expect(foreign.code == .notADatabase)
        let empty = folder.path + "/empty.db"
        fclose(fopen(empty, "w"))
        let nothing = try #require(throws: StoreError.self) { try AuditReader(path: empty) }
        #expect(nothing.code == .notADatabase)
    }

    @Test("A new database answers every question with nothing")
    func empty() throws {
        let database = try LineDatabase(now: Timestamp(milliseconds: 1_795_438_800_000))
        let reader = try AuditReader(path: database.path)
        let filter = try AuditFilter(parsing: "cn:a or x", now: database.now)
        #expect(try reader.events(EventQuery(filter: filter)).reachedEnd)
        #expect(try reader.totals(buckets: 10).events == 0)
        #expect(try reader.rejections(now: database.now).groups.isEmpty)
        #expect(try reader.certificates().isEmpty && reader.expiring(now: database.now).isEmpty)
        #expect(try reader.status().events == 0 && reader.status().schemaVersion == 4)
        #expect(try reader.reporters().isEmpty)
    }
}
