import Glibc
import Testing

@Suite("Whatever happens around it, the dashboard stays up and says so", .serialized)
struct ChaosTests {
    private static func session(columns: Int = 80, rows: Int = 24) throws -> (TmuxSession, JourneyDatabase) {
        let session = try TmuxSession(columns: columns, rows: rows)
        let database = try JourneyDatabase(at: session.database)
        try session.startDashboard("--read-only")
        try session.expect("old-batch-runner")
        return (session, database)
    }

    private static func leave(_ session: TmuxSession) throws {
        try session.press("q")
        try session.expect("left-0")
        #expect(try !session.isAlternate())
    }

    @Test("A storm of new sizes ends in the picture of the last one")
    func sizeStorm() throws {
        let (session, _) = try Self.session()
        for step in 0..<25 { try session.resize(columns: 1 + step * 53 % 190, rows: 1 + step * 29 % 70) }
        try session.resize(columns: 120, rows: 36)
        try session.expect("SHA-256")
        try session.expect("old-batch-runner")
        try Self.leave(session)
    }

    @Test("A deleted database is called missing, and the one that takes its place is shown")
    func deletedDatabase() throws {
        let (session, _) = try Self.session()
        JourneyDatabase.remove(session.database)
        try session.expect("not there yet")
        try session.press("2", "3", "1")
        _ = try JourneyDatabase(at: session.database, names: ["svc-newcomer"])
        try session.expect("svc-newcomer")
        try Self.leave(session)
    }

    @Test("A file that is no database is named on the second line, and the rows stay")
    func replacedByNonsense() throws {
        let (session, _) = try Self.session()
        JourneyDatabase.remove(session.database)
        _ = try session.folder.write(Array("no database at all".utf8), to: "audit.db")
        try session.expect("DATABASE NOT READABLE")
        try session.expect("old-batch-runner")
        JourneyDatabase.remove(session.database)
        _ = try JourneyDatabase(at: session.database, names: ["svc-newcomer"])
        try session.expect("svc-newcomer")
        try Self.leave(session)
    }

    @Test("A database without its write-ahead log, and one that another program holds, are read all the same")
    func withoutLogAndHeld() throws {
        let session = try TmuxSession(columns: 80, rows: 24)
        _ = try JourneyDatabase(at: session.database)
        for suffix in ["-wal", "-shm"] { unlink(session.database + suffix) }
        let holder = try ChildProcess(
            [session.database, "BEGIN IMMEDIATE; SELECT 'held';", ".shell sleep 20"],
            in: session.folder,
            label: "holder",
            program: "/usr/bin/sqlite3"
        )
        try session.startDashboard("--read-only")
        try session.expect("old-batch-runner")
        try session.press("2")
        try session.expect("certificate expired")
        try Self.leave(session)
        holder.signal(SIGKILL)
        _ = try holder.wait()
    }

    @Test(
        "A clock far before or after the events changes no row and stops nothing",
        arguments: ["1970-01-02", "9998-12-31"]
    )
    func clockJumps(_ day: String) throws {
        let session = try TmuxSession(columns: 120, rows: 36)
        _ = try JourneyDatabase(at: session.database)
        try session.run("export MTLSTOP_NOW=\(day)T00:00:00Z")
        try session.startDashboard("--read-only")
        try session.expect("old-batch-runner")
        for (key, title) in [
            ("2", "[2 Rej"), ("3", "[3 Certs"), ("4", "[4 Exp"), ("5", "[5 Sour"), ("6", "[6 Cha"), ("1", "[1 L"),
        ] {
            try session.press(key)
            try session.expect(title)
        }
        try Self.leave(session)
    }

    @Test("A report never takes the place of a pipe or a device")
    func pipeIsKept() throws {
        let folder = try TestFolder()
        _ = try JourneyDatabase(at: folder["audit.db"])
        #expect(mkfifo(folder["pipe"], 0o600) == 0)
        let report = try ChildProcess(
            ["report", "--db", folder["audit.db"], "--format", "csv", "-o", folder["pipe"]],
            in: folder
        )
        #expect(try report.wait() == 73)
        #expect(report.errors.contains("no regular file"))
        var status = stat()
        #expect(stat(folder["pipe"], &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    }
}
