import AuditStore
import CertCore
import Glibc
import SafeText

/// What the worker does between questions: keeps the database open, sees commits, and watches the collector.
struct WorkerLoop {
    let databasePath: String
    private(set) var reader: AuditReader?
    private var collector: CollectorWatch
    private var health = Health()
    private var hasReported = false
    private var version: Int64?
    private var identity: FileIdentity?
    private var nextLook: Int64 = 0
    private var log: LogGlance?
    private var nextQuestion: Int64 = 0
    private var nextCheck: Int64 = 0

    /// Milliseconds between two looks at the collector and at the file's identity.
    private static let checkInterval: Int64 = 1000
    /// Milliseconds after which the database is asked for commits although its log looks untouched.
    private static let questionInterval: Int64 = 2000

    init(databasePath: String, collector: CollectorWatch) {
        self.databasePath = databasePath
        self.collector = collector
    }

    /// Looks around if it is time to; returns what changed.
    mutating func look(now: Timestamp, uptime: Int64) -> [Message] {
        guard uptime >= nextLook else { return [] }
        nextLook = uptime + Int64(QueryWorker.pollInterval)
        var found = health
        if uptime >= nextCheck {
            nextCheck = uptime + Self.checkInterval
            found.collector = collector.look(now: now, uptime: uptime)
            dropReplacedFile()
        }
        if reader == nil { found.database = open() }
        var messages: [Message] = []
        if mayHaveCommits(uptime), sawCommit(&found) {
            nextLook = uptime + Int64(QueryWorker.busyPollInterval)
            messages.append(.dataChanged)
        }
        if found != health || !hasReported {
            health = found
            hasReported = true
            messages.insert(.health(found), at: 0)
        }
        return messages
    }

    /// Looks at the collector and at the file with the next look, whenever the last one was.
    mutating func hurry() {
        collector.hurry()
        nextLook = 0
        nextCheck = 0
    }

    private mutating func open() -> DatabaseHealth {
        do throws(StoreError) {
            reader = try AuditReader(path: databasePath)
            identity = FileIdentity(path: databasePath)
            version = nil
            return .open
        } catch {
            return error.code == .notFound ? .missing : .unreadable(SafeText(error.message))
        }
    }

    /// A file that was moved away or replaced is opened again.
    private mutating func dropReplacedFile() {
        guard reader != nil, FileIdentity(path: databasePath) != identity else { return }
        reader = nil
    }

    /// False when the log shows that nobody has written since the last question.
    private mutating func mayHaveCommits(_ uptime: Int64) -> Bool {
        let seen = LogGlance(database: databasePath)
        guard seen != log || seen.isFresh || version == nil || uptime >= nextQuestion else { return false }
        log = seen
        nextQuestion = uptime + Self.questionInterval
        return true
    }

    private mutating func sawCommit(_ found: inout Health) -> Bool {
        guard let reader else { return false }
        do throws(StoreError) {
            let seen = try reader.dataVersion()
            found.database = .open
            defer { version = seen }
            return version != nil && version != seen
        } catch {
            if error.code != .interrupted {
                found.database = .unreadable(SafeText(error.message))
                self.reader = nil
            }
            return false
        }
    }
}

/// Which file a path leads to.
private struct FileIdentity: Equatable {
    var device: UInt64
    var inode: UInt64

    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }
}
