import AuditEvents
import AuditStore
import CertCore

/// A database made of lines as a reporter would send them.
final class LineDatabase {
    let folder: TemporaryFolder
    let path: String
    private let writer: AuditWriter
    private let session: SessionID
    private var scanner = LineScanner()
    private(set) var now: Timestamp

    init(now: Timestamp) throws {
        folder = try TemporaryFolder()
        path = folder.path + "/audit.db"
        self.now = now
        writer = try AuditWriter(path: path, now: now)
        session = writer.beginSession(peer: PeerCredentials(pid: 4711, uid: 33, gid: 34), now: now)
    }

    /// Stores an event durably; its time is `time`, its other members the given ones.
    func add(_ event: String, at time: Timestamp, _ members: String...) throws {
        let line = #"{"event":"\#(event)","time":"\#(time.rfc3339)""# + members.map { "," + $0 }.joined() + "}"
        try Array(line.utf8).withUnsafeBytes { bytes in
            guard case .event(let scanned) = try scanner.scan(bytes) else { return }
            _ = try writer.append(scanned, session: session, producer: nil, received: time)
        }
        now = max(now, time)
        _ = try writer.commit(now: now)
    }

    /// Brings the roll-ups up to the last event.
    func flush() throws {
        try writer.flushRollups(now: now)
    }

    /// The member `cert` of a certificate that is only claimed.
    static func claim(_ name: String, number: UInt8, from: String, to: String, issuer: String = "ca") -> String {
        let fingerprint = (0..<32).map { _ in
            String(number, radix: 16).count == 1 ? "0\(number)" : String(number, radix: 16)
        }
        return """
            "cert":{"subject":{"CN":"\(name)"},"issuer":{"CN":"\(issuer)"},"serialNumber":"0\(number)",\
            "fingerprint256":"\(fingerprint.joined(separator: ":"))","valid_from":"\(from)","valid_to":"\(to)",\
            "subjectaltname":"DNS:\(name).example"}
            """
    }
}
