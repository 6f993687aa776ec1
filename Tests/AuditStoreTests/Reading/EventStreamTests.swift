import AuditEvents
import AuditStore
import CertCore
import SafeText
import Testing

@Suite("A stream of events")
struct EventStreamTests {
    private let sample: SampleDatabase

    init() throws {
        sample = try SampleDatabase.small.get()
    }

    @Test("A stream shows what pages show, with every filter", arguments: ["", "outcome:rej", "cn:svc-*", "is:new"])
    func sameRows(_ text: String) throws {
        let filter = try AuditFilter(parsing: text, now: sample.end)
        let query = EventQuery(filter: filter, order: .oldestFirst, limit: .max)
        var rows: [EventRow] = []
        try sample.reader.eachEvent(query, through: .max) { row, _ in rows.append(row) }
        #expect(try rows == sample.reader.events(query).rows && !rows.isEmpty)
    }

    @Test("The writer of many events writes each as an event writes itself")
    func sameJSON() throws {
        var many = EventJSON()
        for row in sample.rows {
            var one = JSONWriter()
            var other = JSONWriter()
            row.writeJSON(to: &one)
            many.write(row, to: &other)
            guard one.bytes != other.bytes else { continue }
            Issue.record("\(one.string)\n\(other.string)")
            return
        }
        #expect(sample.rows.count == 12_000)
    }

    @Test("An error of the body ends the stream and arrives as it is")
    func bodyError() throws {
        struct Enough: Error {}
        var seen = 0
        #expect(throws: Enough.self) {
            try sample.reader.eachEvent(EventQuery(), through: .max) { _, _ in
                seen += 1
                if seen == 10 { throw Enough() }
            }
        }
        #expect(seen == 10)
        #expect(try sample.reader.lastEventID() == 12_000, "the reader goes on")
    }

    @Test("Events above the last id wanted are left out")
    func upTo() throws {
        var last: Int64 = 0
        try sample.reader.eachEvent(EventQuery(), through: 4711) { row, _ in last = row.id }
        #expect(last == 4711)
    }
}
