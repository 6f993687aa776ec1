import AuditEvents
import AuditStore
import CertCore
import Glibc

/// A small database for journeys: accepted requests of one service, and rejections of others.
struct JourneyDatabase {
    /// Makes the database; `names` are rejected clients, the newest last.
    init(at path: String, names: [String] = ["old-batch-runner", "old-batch-runner"]) throws {
        let now = Timestamp.now()
        let writer = try AuditWriter(path: path, now: now)
        let session = writer.beginSession(peer: PeerCredentials(pid: 1, uid: 1, gid: 1), now: now)
        var scanner = LineScanner()
        for line in TmuxTests.accepted(40) + names.map(TmuxTests.rejected) {
            try Array(line.utf8).withUnsafeBytes { bytes in
                guard case .event(let event) = try scanner.scan(bytes) else { return }
                _ = try writer.append(event, session: session, producer: nil, received: now)
            }
        }
        writer.endSession(session, now: now)
        try writer.close(now: now)
    }

    /// Removes a database with the files beside it.
    static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-seal", "-checkpoints", ".lock"] { unlink(path + suffix) }
    }
}
