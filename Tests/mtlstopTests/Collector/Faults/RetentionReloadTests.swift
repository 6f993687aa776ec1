import AuditEvents
import AuditStore
import CertCore
import Glibc
import Testing

@testable import mtlstop

@Suite("How long events are kept")
struct RetentionReloadTests {
    @Test("SIGHUP reads again how long events are kept; what is older then is removed")
    func reload() throws {
        let folder = try TestFolder()
        try Self.fill(folder, at: Timestamp.now().advanced(byMilliseconds: -500 * 86_400_000))
        _ = try folder.write(Array("{}".utf8), to: "collect.json")
        let collector = try CollectorProcess(in: folder, options: ["--config", folder.path])
        let connection = try collector.connect()
        _ = try connection.greet(producer: Lines.producer())
        connection.send(Lines.event(1))
        try connection.waitForAck(1)
        #expect(try AuditReader(path: folder.database).status().events == 21)
        _ = try folder.write(Array(#"{"retain":"soon"}"#.utf8), to: "collect.json")
        collector.child.signal(SIGHUP)
        try Self.wait { collector.child.errors.contains("retain is no time") }
        _ = try folder.write(Array(#"{"retain":"400d"}"#.utf8), to: "collect.json")
        collector.child.signal(SIGHUP)
        try Self.wait { collector.child.errors.contains("settings are read again") }
        connection.send(Lines.event(2))
        try Self.wait { collector.child.errors.contains("old events were removed") }
        #expect(try collector.terminate() == 0)
        #expect(try AuditReader(path: folder.database).totals().events == 2)
        #expect(try LedgerVerifier(path: folder.database).run().findings.isEmpty)
    }

    /// Twenty events that arrived at a time.
    private static func fill(_ folder: TestFolder, at time: Timestamp) throws {
        let writer = try AuditWriter(path: folder.database, now: time)
        let session = writer.beginSession(peer: PeerCredentials(pid: 1, uid: 2, gid: 3), now: time)
        var scanner = LineScanner()
        for _ in 0..<20 {
            try Array(#"{"event":"authenticated"}"#.utf8).withUnsafeBytes { bytes in
                guard case .event(let event) = try scanner.scan(bytes) else { return }
                _ = try writer.append(event, session: session, producer: nil, received: time)
            }
        }
        _ = try writer.commit(now: time)
        try writer.close(now: time)
    }

    private static func wait(_ condition: () -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while !condition() {
            try #require(ContinuousClock.now < deadline)
            poll(nil, 0, 5)
        }
    }
}
