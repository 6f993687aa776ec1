import AuditEvents
import AuditStore
import CertCore
import Glibc
import Synchronization

/// What was read of a followed file.
struct FollowedChunk: IntakeDelivery {
    /// The path that is followed.
    let path: String
    /// Which file it was, where the bytes begin, and how its beginning looks after them.
    let position: FollowedPosition
    let bytes: [UInt8]
    /// True for the first bytes of a file, or the first after a start.
    let isFirst: Bool
    /// True when nothing of this file follows.
    let isLast: Bool

    var weight: Int { bytes.count }

    func work(in loop: IngestLoop) {
        guard let file = loop.doors.files[path] else { return }
        if isFirst { file.lines = LogLines(from: position.offset) }
        let take: LogLines.Take = { line, length, end in
            file.source.lines += 1
            loop.takeLine(line, length: length, from: file.source)
            // A line that waited in vain for the database is not read.
            guard loop.trouble == nil else { return }
            var reached = position
            reached.offset = end
            loop.writer.setPosition(reached, of: path)
            loop.noteWork()
        }
        bytes.withUnsafeBytes { file.lines.feed($0, take) }
        if isLast { file.lines.end(take) }
    }
}

/// A followed file as the ingest thread knows it.
final class FollowedLines {
    let source: RecordSource
    var lines = LogLines(from: 0)

    init(source: RecordSource) {
        self.source = source
    }
}

/// Asks where reading a file is to go on.
final class FollowedStart: IntakeDelivery {
    let path: String
    let weight = 0
    private let done: @Sendable () -> Void
    private let answer = Mutex<Result<FollowedPosition?, StoreError>?>(nil)

    init(path: String, done: @escaping @Sendable () -> Void) {
        self.path = path
        self.done = done
    }

    /// The position, once it is known.
    var position: Result<FollowedPosition?, StoreError>? { answer.withLock { $0 } }

    func work(in loop: IngestLoop) {
        let peer = PeerCredentials(pid: getpid(), uid: getuid(), gid: getgid())
        let source = loop.beginSource(peer, named: "file \(path)", application: path)
        loop.doors.files[path] = FollowedLines(source: source)
        let found = Result { () throws(StoreError) in try loop.writer.position(of: path) }
        answer.withLock { $0 = found }
        done()
    }
}

/// A file is followed no more; where it was left stays known.
struct FollowedEnd: IntakeDelivery {
    let path: String
    let weight = 0

    func work(in loop: IngestLoop) {
        guard let file = loop.doors.files.removeValue(forKey: path) else { return }
        loop.writer.endSession(file.source.session, now: loop.received)
        loop.noteWork()
    }
}

/// Lines of a followed file may be gone; nobody knows how many.
struct FollowedGap: IntakeDelivery {
    let path: String
    let detail: String
    let weight = 0

    func work(in loop: IngestLoop) {
        let session = loop.doors.files[path]?.source.session
        loop.writer.appendLoss(
            kind: .rotation,
            count: 0,
            since: nil,
            session: session,
            detail: detail,
            now: loop.received
        )
        loop.noteWork()
    }
}

extension IngestLoop {
    /// Takes a line of a followed file: a record, with or without a syslog header.
    func takeLine(_ line: UnsafeRawBufferPointer, length: Int, from source: RecordSource) {
        guard length <= LogLines.longest else {
            let error = LineError(code: .lineTooLong, message: "a line has at most \(LogLines.longest) bytes")
            return refuseRecord(line, length: length, error, from: source)
        }
        do throws(LineError) {
            let message = try SyslogMessage(line)
            takeRecord(message.payload, headerTime: message.time, from: source)
        } catch {
            refuseRecord(line, length: length, error, from: source)
        }
    }
}
