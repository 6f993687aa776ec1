import Glibc
import Testing

@testable import AuditStore

@Suite("The database file")
struct SchemaTests {
    @Test("A new database has every table of the schema, the application's mark and a write-ahead log")
    func create() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        let tables = try harness.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").map { $0[0] }
        let expected = [
            "bad_line", "cert", "cert_alias", "cert_issuer", "cert_segment", "cert_total", "cert_use", "checkpoint",
            "collector_run",
            "context", "event", "ledger_entry", "ledger_segment", "loss", "meta", "producer", "prune", "roll",
            "segment", "session", "str", "verdict",
        ]
        #expect(tables == expected)
        #expect(try harness.value("PRAGMA application_id") == "\(0x6d74_6c73)")
        #expect(try harness.value("PRAGMA user_version") == "4")
        #expect(try harness.value("PRAGMA journal_mode") == "wal")
        #expect(try harness.value("PRAGMA synchronous") == "2")
        #expect(try harness.value("PRAGMA page_size") == "4096")
        #expect(
            try harness.rows("SELECT outcome, reason, class, verified FROM verdict WHERE id = 1") == [
                ["0", "-", "-", "-"]
            ]
        )
    }

    @Test("Directories that are missing are made, and nobody else may read them or the files")
    func privacy() throws {
        let place = try TemporaryDatabase()
        let path = place.directory + "/state/mtlstop/audit.db"
        let harness = try WriterHarness(place, path: path)
        try harness.append(#"{"event":"authenticated"}"#)
        try harness.commit()
        for name in ["", "-wal", "-shm", ".lock"] { #expect(mode(path + name) & 0o077 == 0, "\(name)") }
        #expect(mode(place.directory + "/state") & 0o077 == 0)
        #expect(access(path + ".creating", F_OK) != 0)
    }

    @Test("A half-made database of a process that died is made anew")
    func leftover() throws {
        let place = try TemporaryDatabase()
        try TestFile.write(Array("half".utf8), to: place.path + ".creating")
        try TestFile.write(Array("half".utf8), to: place.path + ".creating-wal")
        let harness = try WriterHarness(place)
        #expect(try harness.value("SELECT count(*) FROM event") == "0")
    }

    @Test("An empty file becomes a database")
    func emptyFile() throws {
        let place = try TemporaryDatabase()
        try TestFile.write([], to: place.path)
        let harness = try WriterHarness(place)
        #expect(try harness.value("PRAGMA user_version") == "4")
    }

    @Test("A file that is no database is refused and left as it is")
    func otherFile() throws {
        let place = try TemporaryDatabase()
        let text = Array(String(repeating: "This is a letter, not a database. ", count: 200).utf8)
        try TestFile.write(text, to: place.path)
        #expect(code { try AuditWriter(path: place.path, now: WriterHarness.start) } == .notADatabase)
        #expect(TestFile.bytes(place.path) == text)
    }

    @Test("Another program's database is refused and left as it is")
    func otherDatabase() throws {
        let place = try TemporaryDatabase()
        try close(try WriterHarness(place)) { _ = try $0.rows("PRAGMA application_id = 77") }
        let before = TestFile.bytes(place.path)
        #expect(code { try AuditWriter(path: place.path, now: WriterHarness.start) } == .notADatabase)
        #expect(TestFile.bytes(place.path) == before)
    }

    @Test("A database with tables but without any mark is refused")
    func unmarkedDatabase() throws {
        let place = try TemporaryDatabase()
        try close(try WriterHarness(place)) {
            _ = try $0.rows("PRAGMA application_id = 0")
            _ = try $0.rows("PRAGMA user_version = 0")
        }
        #expect(code { try AuditWriter(path: place.path, now: WriterHarness.start) } == .notADatabase)
    }

    @Test("A database of a newer release is refused, and the error names both versions")
    func newer() throws {
        let place = try TemporaryDatabase()
        try close(try WriterHarness(place)) { _ = try $0.rows("PRAGMA user_version = 7") }
        let error = #expect(throws: StoreError.self) { try AuditWriter(path: place.path, now: WriterHarness.start) }
        #expect(error?.code == .newerSchema)
        #expect(error?.message.contains("7") == true && error?.message.contains("up to 4") == true)
    }

    @Test("A directory in the database's place cannot be opened")
    func directory() throws {
        let place = try TemporaryDatabase()
        mkdir(place.path, 0o700)
        #expect(code { try AuditWriter(path: place.path, now: WriterHarness.start) } == .notPermitted)
    }

    @Test("A path below a file cannot be made")
    func belowFile() throws {
        let place = try TemporaryDatabase()
        try TestFile.write([1], to: place.directory + "/file")
        let found = code { try AuditWriter(path: place.directory + "/file/audit.db", now: WriterHarness.start) }
        #expect(found == .notFound)
    }

    @Test("A file without write permission is read-only", .enabled(if: getuid() != 0, "root may write everything"))
    func readOnlyFile() throws {
        let place = try TemporaryDatabase()
        try close(try WriterHarness(place)) { _ in }
        chmod(place.path, 0o400)
        #expect(code { try AuditWriter(path: place.path, now: WriterHarness.start) } == .readOnly)
    }

    @Test("The error of a refusal carries the path and SQLite's words, and its description is one line")
    func description() throws {
        let place = try TemporaryDatabase()
        try TestFile.write(Array(repeating: 0x41, count: 8_192), to: place.path)
        let error = #expect(throws: StoreError.self) { try AuditWriter(path: place.path, now: WriterHarness.start) }
        #expect(error?.description == "\(place.path): this is no audit database: file is not a database")
    }

    private func code(_ body: () throws -> some Any) -> StoreError.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? StoreError)?.code
        }
    }

    private func close(_ harness: consuming WriterHarness, after change: (WriterHarness) throws -> Void) throws {
        try change(harness)
        try harness.writer.close(now: harness.now)
    }

    private func mode(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode : 0o777
    }
}
