import AuditEvents
import AuditStore
import CertCore
import Glibc
import Testing

@testable import mtlstop

/// Clocks that jump, processes that are stopped, readers that hold on.
@Suite("Clocks, signals and readers")
struct OddTimesTests {
    @Test("Clocks that jump, the collector's or the sender's, change neither order nor count")
    func clockJumps() throws {
        let folder = try TestFolder()
        let shim = try FaultShim(in: folder)
        let collector = try CollectorProcess(in: folder, environment: shim.environment)
        let connection = try collector.connect()
        _ = try connection.greet(producer: Lines.producer())
        let year: Int32 = 365 * 86_400
        var sequence: UInt64 = 0
        for offset in [0, -40 * year, 10 * year, -3600, 0] {
            if offset == 0 { shim.mend("clock") } else { try shim.fail("clock", offset) }
            for _ in 0..<200 {
                sequence += 1
                let time = sequence % 3 == 0 ? ",\"time\":\(Int64(sequence) * 7_919_000_000 % 4_000_000_000_000)" : ""
                connection.send("{\"event\":\"rejected\",\"seq\":\(sequence),\"path\":\"/\(sequence)\"\(time)}\n")
            }
            try connection.waitForAck(sequence)
        }
        shim.mend("clock")
        #expect(try collector.terminate() == 0)
        let reader = try AuditReader(path: folder.database)
        let page = try reader.events(EventQuery(order: .oldestFirst, limit: 2000))
        #expect(page.rows.map { $0.path ?? "" } == (1...sequence).map { "/\($0)" })
        let writer = try AuditWriter(path: folder.database, now: .now())
        #expect(try writer.derivedDifferences(now: .now()) == [])
    }

    @Test("A collector that is stopped and continued goes on; a second one finds it meanwhile and ends with 75")
    func stopAndContinue() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        let connection = try collector.connect()
        _ = try connection.greet(producer: Lines.producer())
        collector.child.signal(SIGSTOP)
        let sender = Sender(connection, (1...5000).map { Lines.event($0) }.joined())
        let second = try ChildProcess(
            ["collect", "--db", folder.database, "--socket", folder.socket],
            in: folder,
            label: "second"
        )
        #expect(try second.wait() == 75, "\(second.errors)")
        for signal in [SIGCONT, SIGHUP, SIGPIPE] { collector.child.signal(signal) }
        try connection.waitForAck(5000)
        sender.wait()
        #expect(try collector.terminate() == 0)
        #expect(try AuditReader(path: folder.database).status().events == 5000)
    }

    @Test("A second SIGTERM while it drains changes nothing")
    func twice() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        let connection = try collector.connect()
        connection.send((0..<5000).map { Lines.bare(path: "/\($0)") }.joined())
        connection.finishSending()
        for _ in 0..<3 { collector.child.signal(SIGTERM) }
        #expect(try collector.child.wait() == 0, "\(collector.child.errors)")
        #expect(try AuditReader(path: folder.database).status().events == 5000)
    }

    @Test("A reader that holds a snapshot stops neither writing nor acks, and sees its own moment")
    func snapshot() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        let connection = try collector.connect()
        _ = try connection.greet(producer: Lines.producer())
        connection.send(Lines.event(1))
        try connection.waitForAck(1)
        try #require(mkfifo(folder["commands"], 0o600) == 0)
        let commands = open(folder["commands"], O_RDWR | O_CLOEXEC)
        defer { close(commands) }
        let reader = try ChildProcess(
            ["-readonly", folder.database],
            in: folder,
            label: "reader",
            input: folder["commands"],
            program: "/usr/bin/sqlite3"
        )
        tell(commands, ".timeout 2000\nBEGIN;\nSELECT 'sees', count(*) FROM event;\n")
        try wait { reader.output.contains("sees|1") }
        for batch in 0..<50 {
            let first = UInt64(batch) * 400 + 2
            connection.send((first..<first + 400).map { Lines.event($0, path: "/\($0)") }.joined())
            try connection.waitForAck(first + 399)
        }
        tell(commands, "SELECT 'still', count(*) FROM event;\nEND;\nSELECT 'now', count(*) FROM event;\n")
        try wait { reader.output.contains("still|1") && reader.output.contains("now|20001") }
        reader.signal(SIGKILL)
        _ = try reader.wait()
        #expect(try collector.terminate() == 0)
    }

    private func tell(_ descriptor: Int32, _ text: String) {
        _ = text.utf8CString.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count - 1) }
    }
}
