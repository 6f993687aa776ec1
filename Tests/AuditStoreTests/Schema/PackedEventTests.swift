import CertCore
import GRDB
import Testing

@testable import AuditStore

@Suite("Events are packed into few integers and come back as they were")
struct PackedEventTests {
    /// The events' columns as everybody reads them.
    private static let columns = "id, ts, outcome, cert, ip, path, verdict, context, lag, port, marks"

    private static let times: [Int64] = [0, 1, 1_763_900_000_123, 253_402_300_799_999]
    private static let arrivals: [Int64] = [1_763_900_000_000, 1_763_986_400_001, 4_102_444_800_000]

    @Test("Every time, lag, port and mark that an event may have is read back unchanged")
    func extremes() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        var expected: [[String]] = []
        for time in Self.times {
            for received in Self.arrivals {
                for port: Int32 in [-1, 0, 1, 443, 32_768, 65_535] {
                    for marks: Int64 in [0, 1, 31, 255] {
                        let outcome = UInt8(expected.count % 2)
                        let verdict: Int64 = expected.count % 3 == 0 ? 4_294_967_295 : 1 + Int64(outcome)
                        let packed = PackedEvent(
                            time: time,
                            received: received,
                            outcome: outcome,
                            verdict: verdict,
                            marks: marks,
                            port: port
                        )
                        let id = expected.count + 1
                        _ = try harness.rows(
                            """
                            INSERT INTO event(id, moment, finding, context, arrival)
                            VALUES (\(id), \(packed.moment), \(packed.finding), 7, \(packed.arrival))
                            """
                        )
                        let first = ["\(id)", "\(time)", "\(outcome)", "-", "-", "-", "\(verdict)", "7"]
                        let mark = marks == 0 ? "-" : "\(marks)"
                        expected.append(first + ["\(received - time)", port < 0 ? "-" : "\(port)", mark])
                    }
                }
            }
        }
        #expect(try harness.rows("SELECT \(Self.columns) FROM event ORDER BY id") == expected)
    }

    @Test("A database of the third schema is brought up: every event says what it said, and the index lists the same")
    func migration() throws {
        let place = try TemporaryDatabase()
        let before = try makeThirdSchema(place)
        let harness = try WriterHarness(place)
        #expect(try harness.value("PRAGMA user_version") == "4")
        #expect(try harness.rows("SELECT \(Self.columns) FROM event ORDER BY id") == before)
        let rejected = "FROM event INDEXED BY event_rejected WHERE outcome <> 0"
        #expect(try harness.value("SELECT count(*) \(rejected)") == "\(before.filter { $0[2] == "1" }.count)")
        #expect(try harness.value("PRAGMA integrity_check") == "ok")
        try harness.append(#"{"event":"rejected","reason":"late","req":{"port":80}}"#)
        try harness.commit()
        #expect(try harness.value("SELECT port FROM event ORDER BY id DESC LIMIT 1") == "80")
    }

    /// Makes a database as the third schema had it; gives its events.
    private func makeThirdSchema(_ place: TemporaryDatabase) throws -> [[String]] {
        let queue = try DatabaseQueue(path: place.path)
        defer { try? queue.close() }
        return try queue.inDatabase { db in
            for step in Migration.all.prefix(3) { try db.execute(sql: step.sql) }
            try db.execute(
                sql: "PRAGMA application_id = \(DatabaseIdentity.applicationID); PRAGMA user_version = 3"
            )
            var rows: [[String]] = []
            for time in Self.times {
                for port in ["NULL", "0", "65535"] {
                    for (outcome, marks) in [("0", "NULL"), ("1", "16")] {
                        let lag = Self.arrivals[0] - time
                        let id = rows.count + 1
                        let values = "\(id), \(time), \(outcome), 5, NULL, 9, \(outcome), 1, \(lag), \(port), \(marks)"
                        try db.execute(sql: "INSERT INTO event(\(Self.columns)) VALUES (\(values))")
                        rows.append(values.split(separator: ", ").map { $0 == "NULL" ? "-" : String($0) })
                    }
                }
            }
            return rows
        }
    }
}
