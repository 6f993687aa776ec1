import AuditEvents
import AuditStore
import CertCore
import Testing

@Suite("Pages of events")
struct EventPagingTests {
    private let sample: SampleDatabase

    init() throws {
        sample = try SampleDatabase.small.get()
    }

    @Test("Pages joined are the whole list, in both directions", arguments: [1, 7, 100, 4999])
    func pages(_ limit: Int) throws {
        for order in [EventQuery.Order.newestFirst, .oldestFirst] {
            var query = EventQuery(order: order, limit: limit)
            if limit == 1 { query.after = sample.rows.count > 50 ? Int64(sample.rows.count - 50) : nil }
            var ids: [Int64] = []
            while true {
                let page = try sample.reader.events(query)
                ids += page.rows.map(\.id)
                guard let resume = page.resumeID else {
                    #expect(page.reachedEnd)
                    break
                }
                #expect(page.rows.count == limit)
                if order == .newestFirst { query.before = resume } else { query.after = resume }
            }
            let after = limit == 1 ? Int64(sample.rows.count - 50) : 0
            let expected = sample.rows.map(\.id).filter { $0 > after }
            #expect(ids == (order == .newestFirst ? expected.reversed() : expected))
        }
    }

    @Test("A scan limit cuts a search short and says where it goes on")
    func scanLimit() throws {
        let filter = try AuditFilter(parsing: "agent:nobody-has-this or path:/nowhere", now: sample.end)
        let page = try sample.reader.events(EventQuery(filter: filter, scanLimit: 10))
        #expect(page.rows.isEmpty)
        #expect(page.reachedEnd, "names that were never stored cost no scan at all")
        let rare = try AuditFilter(parsing: "path:/v1/ and not path:/v1/", now: sample.end)
        let cut = try sample.reader.events(EventQuery(filter: rare, scanLimit: 10))
        #expect(cut.rows.isEmpty && cut.scanned > 0)
    }

    @Test("A range of times is inclusive at its start and exclusive at its end")
    func range() throws {
        let middle = sample.rows[sample.rows.count / 2].time
        let later = middle.advanced(byMilliseconds: 3_600_000)
        let query = EventQuery(since: middle, until: later, order: .oldestFirst, limit: .max)
        let found = try sample.reader.events(query).rows
        #expect(found == sample.rows(since: middle, until: later))
        #expect(found.contains { $0.time == middle })
    }

    @Test("One event is found by its id, and none by an id that does not exist")
    func one() throws {
        #expect(try sample.reader.event(id: sample.rows[41].id) == sample.rows[41])
        #expect(try sample.reader.event(id: 10_000_000) == nil)
    }

    @Test("Reading page by page gives every match once, with a limit as many as asked for")
    func eachPage() throws {
        let filter = try AuditFilter(parsing: "outcome:rej", now: sample.end)
        var ids: [Int64] = []
        var parts: [Double] = []
        try sample.reader.eachPage(EventQuery(filter: filter, order: .oldestFirst, limit: .max), pageSize: 100) {
            ids += $0.rows.map(\.id)
            parts.append($1)
            return true
        }
        #expect(ids == sample.rows.filter { $0.outcome == .rejected }.map(\.id))
        #expect(parts == parts.sorted() && parts.last == 1)
        var count = 0
        try sample.reader.eachPage(EventQuery(limit: 250), pageSize: 100) { page, _ in
            count += page.rows.count
            return true
        }
        #expect(count == 250)
    }
}
