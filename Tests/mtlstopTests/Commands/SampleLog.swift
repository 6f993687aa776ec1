import AuditEvents
import AuditStore
import CertCore
import Testing

/// A small audit database with something of everything, and runs of the program on it.
final class SampleLog {
    let folder: TestFolder
    let database: String
    private let writer: AuditWriter
    private let session: SessionID
    private var scanner = LineScanner()

    /// The time the commands believe it is.
    static let now = "2026-11-23T13:20:00Z"
    static let noon = "2026-11-23T12:00:"

    init() throws {
        folder = try TestFolder()
        database = folder["audit.db"]
        let start = try #require(Timestamp(rfc3339: "2026-11-23T11:59:00Z"))
        writer = try AuditWriter(path: database, now: start)
        session = writer.beginSession(peer: PeerCredentials(pid: 4711, uid: 33, gid: 33), now: start)
    }

    /// Stores lines, each event a second after the one before, at 12:00:00.123 and on.
    func add(_ lines: [String], from second: Int = 0) throws {
        for (index, line) in lines.enumerated() {
            // The second minute and on follow where there are more than sixty.
            let number = second + index
            let base = try #require(Timestamp(rfc3339: SampleLog.noon + "00.123Z"))
            let time = base.advanced(byMilliseconds: Int64(number) * 1000).rfc3339
            let whole = #"{"time":"\#(time)","# + line.dropFirst()
            let received = try #require(Timestamp(rfc3339: time))
            try Array(whole.utf8).withUnsafeBytes { bytes in
                guard case .event(let event) = try scanner.scan(bytes) else { return }
                _ = try writer.append(event, session: session, producer: nil, received: received)
            }
            _ = try writer.commit(now: received)
        }
    }

    /// Ends the log as a collector that stops: what is stored is sealed and signed.
    func close() throws {
        try writer.close(now: try #require(Timestamp(rfc3339: SampleLog.now)))
    }

    /// The events most tests use.
    static func whole() throws -> SampleLog {
        let log = try SampleLog()
        try log.add([
            event("authenticated", billing, #""method":"GET","url":"/v1/invoices/7","ip":"10.4.2.17","port":51544"#),
            event("authenticated", orders, #""method":"POST","url":"/v1/orders","ip":"10.4.2.31","port":40001"#),
            event(
                "rejected",
                expired,
                #""method":"GET","url":"/v1/batch","ip":"10.4.9.3""#,
                #""reason":"socket_not_authorized","tls":{"authorized":false,"authorizationError":"CERT_HAS_EXPIRED"},"#
            ),
            event(
                "rejected",
                "null",
                #""method":"GET","url":"/admin?x=1","ip":"203.0.113.9""#,
                #""reason":"header_missing_or_malformed","#
            ),
            event(
                "rejected",
                hostile,
                #""method":"GET","url":"/v1/\u001b[2Jx","ip":"203.0.113.77""#,
                #""reason":"callback_returned_false","#
            ),
            event("authenticated", billing, #""method":"GET","url":"/v1/invoices/8","ip":"10.4.2.18","port":51545"#),
        ])
        return log
    }

    /// Runs the program on the database and returns its exit code, output and errors.
    func run(_ arguments: [String], environment: [String: String] = [:]) throws -> (Int32, String, String) {
        let variables = ["MTLSTOP_NOW": Self.now, "MTLSTOP_DB": database].merging(environment) { $1 }
        let child = try ChildProcess(arguments, in: folder, environment: variables)
        let status = try child.wait()
        return (status, child.output, child.errors)
    }

    private static func event(_ outcome: String, _ cert: String, _ request: String, _ more: String = "") -> String {
        #"{"event":"\#(outcome)","service":"billing","source":"socket",\#(more)"cert":\#(cert),"req":{\#(request)}}"#
    }

    private static let billing = claim("svc-billing", "01", to: "Nov 25 18:10:00 2026 GMT")
    private static let orders = claim("svc-orders", "02", to: "Mar  1 00:00:00 2027 GMT")
    private static let expired = claim("old-batch-runner", "03", to: "Nov 20 00:00:00 2026 GMT")
    private static let hostile = claim(#"=cmd\u001b[31m\u202e, \"x\""#, "04", to: "Mar  1 00:00:00 2027 GMT")

    private static func claim(_ name: String, _ digits: String, to end: String) -> String {
        let fingerprint = Array(repeating: digits, count: 32).joined(separator: ":")
        return #"{"subject":{"CN":"\#(name)","O":"Corp"},"issuer":{"CN":"corp-int-1"},"serialNumber":"0A1\#(digits)","#
            + #""fingerprint256":"\#(fingerprint)","valid_from":"Nov 23 00:00:00 2025 GMT","valid_to":"\#(end)","#
            + #""subjectaltname":"DNS:svc\#(digits).example"}"#
    }
}
