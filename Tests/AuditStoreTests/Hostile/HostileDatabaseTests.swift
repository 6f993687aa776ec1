import AuditSamples
import CertCore
import Testing

@testable import AuditStore

@Suite("A database that somebody else made")
struct HostileDatabaseTests {
    @Test("Whatever the values are, every reader answers or says that the database is damaged")
    func values() throws {
        let seed = UInt64.random(in: 1...UInt64.max)
        print("seed \(seed)")
        var generator = SampleGenerator(seed: seed)
        let values = [
            "NULL", "'text'", "x'00ff'", "-1", "0", "1.5", "''", "9e999", "281474976710656", "-281474976710657",
            "9007199254740993", "9223372036854775807", "-9223372036854775808", "zeroblob(1000000)",
            "char(27, 91, 50, 74, 8238, 0)",
        ]
        var refused = 0
        for _ in 0..<25 {
            let database = try LedgerDatabase(segments: 2)
            try Self.loosen(database)
            let writer = try AuditWriter(path: database.path, now: WriterHarness.start)
            for _ in 0..<4 {
                let table = try #require(Self.tables.randomElement(using: &generator))
                let columns = try writer.rows("SELECT name FROM pragma_table_info('\(table)')").map { $0[0] }
                let column = try #require(columns.randomElement(using: &generator))
                let value = try #require(values.randomElement(using: &generator))
                // A value that the rest of the schema refuses is not written: the next one is tried.
                _ = try? writer.rows("UPDATE OR REPLACE \(table) SET \(column) = \(value)")
            }
            refused += HostileReading(path: database.path).ask()
        }
        #expect(refused > 0, "seed \(seed)")
    }

    @Test("A segment with the greatest or the least number there is ends no reader")
    func segmentNumbers() throws {
        for number in ["9223372036854775807", "-9223372036854775808"] {
            let database = try LedgerDatabase(segments: 2)
            try database.tamper("UPDATE ledger_segment SET number = \(number) WHERE number = 1")
            #expect(HostileReading(path: database.path).ask() == 1)
        }
    }

    @Test("A table or a column that is missing is an error, not the end of the program", arguments: tables)
    func missing(_ table: String) throws {
        let database = try LedgerDatabase(segments: 2)
        try database.tamper("DROP TABLE \(table)")
        #expect(HostileReading(path: database.path).ask() > 0)
        let other = try LedgerDatabase(segments: 2)
        let columns = try AuditWriter(path: other.path, now: WriterHarness.start)
            .rows("SELECT name FROM pragma_table_info('\(table)')").map { $0[0] }
        let column = try #require(columns.last)
        try other.tamper(
            "PRAGMA writable_schema = ON",
            """
            UPDATE sqlite_schema SET sql = replace(replace(sql, ' \(column) ', ' elsewhere '), '    \(column) ',
            ' elsewhere ') WHERE name = '\(table)'
            """,
            "PRAGMA writable_schema = RESET"
        )
        _ = HostileReading(path: other.path).ask()
    }

    @Test("A view, a trigger or a virtual table is refused before anything is read from it")
    func strangeSchema() throws {
        let endless = "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n"
        for statement in [
            "CREATE VIEW endless AS \(endless)",
            "CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM event; END",
            "CREATE VIRTUAL TABLE v USING fts5(text)",
        ] {
            let database = try LedgerDatabase(segments: 1)
            try database.tamper(statement)
            #expect(throws: StoreError.self, "\(statement)") { try AuditReader(path: database.path) }
            #expect(throws: StoreError.self) { try AuditWriter(path: database.path, now: WriterHarness.start) }
        }
    }

    @Test("Ids that leave out millions of millions are walked through in a moment")
    func sparse() throws {
        let database = try LedgerDatabase(segments: 2)
        try database.tamper(
            """
            INSERT INTO event(id, moment, finding, cert, ip, path, context, arrival)
            SELECT 1 << 47, moment, finding, cert, ip, path, context, arrival
            FROM event WHERE id = 1
            """
        )
        let clock = ContinuousClock()
        let took = clock.measure { _ = HostileReading(path: database.path).ask() }
        #expect(took < .seconds(10), "\(took)")
        var seen: [Int64] = []
        try AuditReader(path: database.path).eachEvent(EventQuery(), through: .max) { row, _ in seen.append(row.id) }
        #expect(seen == Array(1...8) + [1 << 47])
    }

    @Test("Losses that a client claims may add up to any number")
    func claims() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for _ in 0..<3 {
            harness.writer.appendLoss(kind: .drop, count: .max, since: nil, session: harness.session, now: harness.now)
        }
        let producer = try harness.producer()
        try harness.append(sequence: UInt64(Int64.max) - 1, producer)
        try harness.commit()
        let reader = try AuditReader(path: place.path)
        #expect(try reader.status().lostEvents == .max)
        #expect(try reader.losses().map(\.count).contains(.max))
        #expect(try reader.summary(now: harness.now).completeness.lostEvents == .max)
        #expect(try reader.reporters().first?.lost == .max - 2)
    }

    @Test("Through a connection of this program nobody writes to the schema")
    func defensive() throws {
        let database = try LedgerDatabase(segments: 1)
        let writer = try AuditWriter(path: database.path, now: WriterHarness.start)
        #expect(throws: StoreError.self) {
            try writer.connection.perform { db in
                for statement in ["PRAGMA writable_schema = ON", "DELETE FROM sqlite_schema WHERE name = 'event'"] {
                    _ = try PreparedStatement(db, statement).next()
                }
            }
        }
    }

    private static let tables = [
        "event", "cert", "str", "context", "verdict", "session", "producer", "segment", "cert_total", "cert_use",
        "cert_segment", "roll", "loss", "bad_line", "ledger_segment", "ledger_entry", "checkpoint", "meta", "prune",
        "cert_issuer",
    ]

    /// Takes the schema's own checks away, as somebody does who makes a file by hand.
    private static func loosen(_ database: LedgerDatabase) throws {
        try database.tamper(
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_schema SET sql = replace(replace(sql, ' STRICT', ''), ' NOT NULL', '') WHERE type = 'table'",
            "UPDATE sqlite_schema SET sql = replace(sql, '), WITHOUT', ') WITHOUT') WHERE type = 'table'",
            "PRAGMA writable_schema = RESET"
        )
    }
}
