import AuditSamples
import CertCore
import Testing

@testable import AuditStore

@Suite("Typed SQL reads, and does nothing else")
struct SQLTests {
    private func withReader(_ body: (AuditReader) throws -> Void) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/audit.db"
        try SampleTraffic(
            seed: 51,
            events: 2000,
            certificates: 20,
            rejectedShare: 0.25,
            start: Timestamp(milliseconds: 1_795_400_000_000),
            span: 3_600_000
        ).fillDatabase(path: path)
        try body(try AuditReader(path: path))
    }

    private func error(_ text: String, _ reader: AuditReader, _ limits: SQLLimits = SQLLimits()) -> SQLError? {
        do throws(SQLError) {
            _ = try reader.sql(text, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test("A SELECT gives its columns and rows, cut at the limit")
    func select() throws {
        try withReader { reader in
            let counted = try reader.sql("SELECT count(*) AS n, 'x' || char(27), NULL, 1.5, x'00ff' FROM event;")
            #expect(counted.columns.first == "n" && counted.columns.count == 5 && !counted.isCut)
            #expect(
                counted.rows == [[.integer(2000), .text("x\u{1B}"), .null, .real(1.5), .blob([0, 255], count: 2)]]
            )
            let cut = try reader.sql("SELECT id FROM event ORDER BY id", limits: SQLLimits(rows: 10))
            #expect(cut.rows.count == 10 && cut.isCut)
            let recursive = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5) SELECT i FROM n"
            let five = try reader.sql(recursive)
            #expect(five.rows.count == 5)
        }
    }

    @Test(
        "Whatever writes, attaches, sets or loads is refused",
        arguments: [
            "DELETE FROM event", "INSERT INTO cert DEFAULT VALUES", "UPDATE event SET ts = 0", "DROP TABLE event",
            "CREATE TEMP TABLE t (a)", "ATTACH '/tmp/x' AS x", "DETACH main", "PRAGMA query_only = OFF",
            "PRAGMA table_info(event)", "SELECT * FROM pragma_database_list", "BEGIN", "COMMIT", "VACUUM", "REINDEX",
            "ANALYZE", "SELECT load_extension('x')", "EXPLAIN DELETE FROM event", "SAVEPOINT a",
        ]
    )
    func refusals(_ text: String) throws {
        try withReader { reader in
            #expect(error(text, reader) != nil, "\(text)")
            let count = try reader.sql("SELECT count(*) FROM event")
            #expect(count.rows == [[.integer(2000)]])
        }
    }

    @Test("An error names its column, in characters, and two statements are one too many")
    func errors() throws {
        try withReader { reader in
            #expect(error("SELECT 'é', nothing FROM event", reader)?.column == 13)
            #expect(error("SELECT 1; SELECT 2", reader)?.column == 11)
            #expect(error("  -- nothing", reader)?.message == "a SELECT is missing")
            #expect(error("SELECT zeroblob(1000000000)", reader) != nil)
            #expect(error(String(repeating: "x", count: 100_000), reader) != nil)
        }
    }

    @Test("A statement without end is stopped by its time limit")
    func timeLimit() throws {
        try withReader { reader in
            let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
            let start = ContinuousClock.now
            let stopped = error(endless, reader, SQLLimits(milliseconds: 100))
            #expect(stopped?.message.contains("time limit") == true)
            #expect(ContinuousClock.now - start < .seconds(10))
        }
    }
}
