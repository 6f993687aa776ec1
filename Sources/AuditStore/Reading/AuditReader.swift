import GRDB
import Glibc
import Synchronization

/// Reads an audit database while a collector writes it.
///
/// Every call sees one consistent, short snapshot, so a reader never keeps the writer from tidying its log. Numbers
/// are exact: roll-ups up to the event they cover, the events above it one by one. Calls may come from any thread and
/// run one after another; ``interrupt()`` stops the running one. Calls block: never make them on a cooperative pool's
/// thread that others wait for.
public final class AuditReader: Sendable {
    /// The database file.
    public let path: String
    private let queue: DatabaseQueue
    /// How often ``interrupt()`` was called; a call that sees it grow ends.
    private let interruptions = Atomic<Int>(0)

    /// Opens a database for reading; nothing is ever written but what a killed writer left half done, which is undone.
    ///
    /// - Throws: `notFound`, `notADatabase`, `newerSchema`, `notPermitted`, `io` or `corrupt`.
    public init(path: String) throws(StoreError) {
        self.path = path
        guard access(path, F_OK) == 0 else {
            if errno == EACCES { throw StoreError(.notPermitted, path: path, message: "not permitted to look there") }
            throw StoreError(.notFound, path: path, message: "there is no such database")
        }
        do {
            queue = try Self.open(path)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// A number that changes whenever another process has committed something.
    public func dataVersion() throws(StoreError) -> Int64 {
        do {
            return try queue.unsafeRead { db in try Int64.fetchOne(db, sql: "PRAGMA data_version") ?? 0 }
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Stops the running call, which then throws `interrupted`; without one it does nothing.
    public func interrupt() {
        interruptions.add(1, ordering: .relaxed)
        queue.interrupt()
    }

    /// Says whether ``interrupt()`` has been called since now.
    func interruptionCheck() -> () -> Bool {
        let before = interruptions.load(ordering: .relaxed)
        return { self.interruptions.load(ordering: .relaxed) != before }
    }

    /// Asks within one snapshot.
    func read<Answer>(_ question: (Snapshot) throws -> Answer) throws(StoreError) -> Answer {
        do {
            return try queue.read { db in
                let before = interruptions.load(ordering: .relaxed)
                let snapshot = Snapshot(db: db) { self.interruptions.load(ordering: .relaxed) != before }
                let trouble = ColumnTrouble()
                let answer = try ColumnTrouble.$current.withValue(trouble) { try question(snapshot) }
                try trouble.check()
                return answer
            }
        } catch {
            throw StoreError(error, path: path)
        }
    }

    // A read-only connection cannot checkpoint, on close either: the lock that needs is refused on a descriptor
    // opened for reading. So only the writer's connection ever does, which the WAL defect of SQLite before 3.51.3
    // demands.
    private static func open(_ path: String) throws -> DatabaseQueue {
        do {
            return try checked(DatabaseQueue(path: path, configuration: configuration), path)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN && isAtRest(path) {
            // In a folder that cannot be written a WAL database opens only when it is declared unchanging.
            return try checked(DatabaseQueue(path: DatabaseName.immutable(path), configuration: configuration), path)
        } catch let error where InterruptedWrite.explains(error) {
            try InterruptedWrite.undo(path: path)
            return try checked(DatabaseQueue(path: path, configuration: configuration), path)
        }
    }

    private static func checked(_ queue: DatabaseQueue, _ path: String) throws -> DatabaseQueue {
        let state = try queue.read { db in try SchemaCheck.state(db, path: path) }
        if state == .empty { throw StoreError(.notADatabase, path: path, message: "this is no audit database") }
        return queue
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "mtlstop.reader"
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.distrustFile()
            try db.execute(
                sql: """
                    PRAGMA query_only = ON;
                    PRAGMA wal_autocheckpoint = 0;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA cache_size = -32768;
                    """
            )
            db.add(function: AddressNetwork.function)
            db.add(function: ReasonTemplate.function)
        }
        return configuration
    }

    /// True when no write-ahead log holds anything.
    private static func isAtRest(_ path: String) -> Bool {
        var information = stat()
        return stat(path + "-wal", &information) != 0 || information.st_size == 0
    }
}
