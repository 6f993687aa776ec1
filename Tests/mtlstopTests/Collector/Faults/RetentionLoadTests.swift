import AuditEvents
import AuditStore
import CertCore
import Dispatch
import Glibc
import Synchronization
import Testing

@testable import mtlstop

/// Old events go while eight clients write as fast as they are acknowledged.
@Suite("Retention at full rate")
struct RetentionLoadTests {
    private static let old = 100_000
    private static let clients = 8
    private static let burst: UInt64 = 50

    @Test("While old events are removed eight clients lose nothing and are acknowledged in bounded time")
    func underLoad() throws {
        let folder = try TestFolder()
        try Self.fill(folder, at: Timestamp.now().advanced(byMilliseconds: -500 * 86_400_000))
        let isOver = Atomic(false)
        let delays = Mutex<[Duration]>([])
        let acknowledged = Atomic<Int>(0)
        let begin = ContinuousClock.now
        let collector = try CollectorProcess(in: folder, options: ["--retain", "400d"])
        let group = DispatchGroup()
        for _ in 0..<Self.clients {
            let socket = collector.socket
            DispatchQueue(label: "client").async(group: group) {
                Self.write(to: socket, delays, acknowledged) { isOver.load(ordering: .relaxed) }
            }
        }
        try wait(atMost: .seconds(60)) { collector.child.errors.contains("old events were removed") }
        let removal = ContinuousClock.now - begin
        isOver.store(true, ordering: .relaxed)
        group.wait()
        #expect(try collector.terminate() == 0)

        let total = acknowledged.load(ordering: .relaxed)
        let sorted = delays.withLock { $0.sorted() }
        let late = try #require(sorted.isEmpty ? nil : sorted[sorted.count * 99 / 100])
        print(
            "retention: \(Self.old) events removed in \(removal), \(total) stored meanwhile, ack p50 "
                + "\(sorted[sorted.count / 2]), p99 \(late)"
        )
        #expect(late < .seconds(2))
        let status = try AuditReader(path: folder.database).status()
        #expect(try status.events == Int64(total) && AuditReader(path: folder.database).losses().isEmpty)
        #expect(try AuditReader(path: folder.database).totals().events == Int64(total))
        let report = try LedgerVerifier(path: folder.database).run()
        #expect(report.findings.isEmpty && report.prunedEvents == Int64(Self.old))
    }

    /// Writes bursts and waits for each one's ack, until it is over.
    private static func write(
        to socket: String,
        _ delays: borrowing Mutex<[Duration]>,
        _ acknowledged: borrowing Atomic<Int>,
        until isOver: () -> Bool
    ) {
        guard let connection = try? IntakeConnection(to: socket),
            (try? connection.greet(producer: Lines.producer())) != nil
        else { return }
        var last: UInt64 = 0
        var own: [Duration] = []
        while !isOver() {
            let lines = (last + 1...last + burst).map { Lines.event($0, path: "/\($0 % 40)") }
            let sent = ContinuousClock.now
            connection.send(lines.joined())
            last += burst
            guard (try? connection.waitForAck(last)) != nil else { break }
            own.append(ContinuousClock.now - sent)
            acknowledged.add(Int(burst), ordering: .relaxed)
        }
        delays.withLock { $0 += own }
    }

    /// Events that arrived at a time, in segments that are sealed.
    private static func fill(_ folder: TestFolder, at time: Timestamp) throws {
        let writer = try AuditWriter(path: folder.database, now: time)
        let session = writer.beginSession(peer: PeerCredentials(pid: 1, uid: 2, gid: 3), now: time)
        var scanner = LineScanner()
        let line = Array(#"{"event":"authenticated","cn":"old","path":"/old"}"#.utf8)
        for number in 1...old {
            try line.withUnsafeBytes { bytes in
                guard case .event(let event) = try scanner.scan(bytes) else { return }
                _ = try writer.append(event, session: session, producer: nil, received: time)
            }
            if number % 10_000 == 0 { _ = try writer.commit(now: time) }
        }
        try writer.close(now: time)
    }
}
