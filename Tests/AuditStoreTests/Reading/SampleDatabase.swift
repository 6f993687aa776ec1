import AuditSamples
import AuditStore
import CertCore

/// Sample databases that many tests read; made once a run.
struct SampleDatabase: Sendable {
    let reader: AuditReader
    /// Every event, by rising id: what tests recount by hand.
    let rows: [EventRow]
    let start: Timestamp
    let end: Timestamp

    /// 12,000 events of 150 clients over three days.
    static let small = Result { try SampleDatabase(events: 12_000, certificates: 150) }
    /// Three segments: 140,000 events of 2,000 clients over three days.
    static let large = Result { try SampleDatabase(events: 140_000, certificates: 2000) }

    private init(events: Int, certificates: Int) throws {
        // 2026-11-20T10:17:31.250Z: on no minute, hour or day.
        start = Timestamp(milliseconds: 1_795_169_851_250)
        end = start.advanced(byMilliseconds: 3 * 86_400_000)
        let folder = try TemporaryFolder()
        let path = folder.path + "/audit.db"
        let traffic = SampleTraffic(
            seed: 7,
            events: events,
            certificates: certificates,
            rejectedShare: 0.06,
            start: start,
            span: 3 * 86_400_000
        )
        try traffic.fillDatabase(path: path)
        reader = try AuditReader(path: path)
        rows = try reader.events(EventQuery(order: .oldestFirst, limit: .max)).rows
        // The reader's open files outlive their names, so nothing is left behind whatever ends the tests.
        folder.remove()
    }

    /// The rows whose time lies in a range.
    func rows(since: Timestamp?, until: Timestamp?) -> [EventRow] {
        rows.filter { row in (since.map { row.time >= $0 } ?? true) && (until.map { row.time < $0 } ?? true) }
    }
}
