import AuditStore
import Dispatch
import Glibc
import Synchronization
import Testing

@testable import mtlstop

/// Sockets that the service manager holds.
@Suite("Socket activation")
struct SocketActivationTests {
    /// A socket as systemd would open it.
    private func bound(_ kind: __socket_type, _ path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(kind.rawValue | SOCK_CLOEXEC.rawValue), 0)
        let address = try #require(SocketAddress(path: path))
        try #require(address.withKernelForm { bind(descriptor, $0, $1) } == 0)
        if kind == SOCK_STREAM { listen(descriptor, 64) }
        return descriptor
    }

    private func start(_ folder: TestFolder, _ sockets: [Int32], label: String) throws -> ChildProcess {
        let script = "LISTEN_PID=$$ LISTEN_FDS=\(sockets.count) LISTEN_FDNAMES=a:b exec \"$0\" \"$@\""
        return try ChildProcess(
            [
                "-c", script, ChildProcess.program, "collect", "--db", folder.database, "--socket",
                folder["unused.sock"],
            ],
            in: folder,
            label: label,
            inherit: sockets,
            program: "/bin/sh"
        )
    }

    @Test("Both sockets are taken by their type, serve, and stay when the collector ends")
    func both() throws {
        let folder = try TestFolder()
        // In the other order than the flags: the type decides.
        let sockets = [try bound(SOCK_DGRAM, folder["syslog.sock"]), try bound(SOCK_STREAM, folder["ingest.sock"])]
        defer { for socket in sockets { close(socket) } }
        let collector = try start(folder, sockets, label: "collect")
        try DatagramSender(to: folder["syslog.sock"]).send(Records.datagram("/datagram"))
        let connection = try IntakeConnection(to: folder["ingest.sock"])
        _ = try connection.greet(producer: Lines.producer())
        connection.send(Lines.event(1))
        try connection.waitForAck(1)
        try wait { try AuditReader(path: folder.database).status().events == 2 }
        collector.signal(SIGTERM)
        #expect(try collector.wait() == 0, "\(collector.errors)")
        #expect(access(folder["syslog.sock"], F_OK) == 0 && access(folder["ingest.sock"], F_OK) == 0)
        #expect(access(folder["unused.sock"], F_OK) != 0)
    }

    @Test("A sender that waits loses nothing over restarts of the collector")
    func restartsUnderLoad() throws {
        let folder = try TestFolder()
        let sockets = [try bound(SOCK_DGRAM, folder["syslog.sock"]), try bound(SOCK_STREAM, folder["ingest.sock"])]
        defer { for socket in sockets { close(socket) } }
        let load = DatagramLoad(to: folder["syslog.sock"])
        let group = DispatchGroup()
        DispatchQueue.global().async(group: group) { load.run() }
        for round in 0..<3 {
            let collector = try start(folder, sockets, label: "collect-\(round)")
            let before = load.sent
            try wait { load.sent > before + 300 }
            collector.signal(SIGTERM)
            #expect(try collector.wait() == 0, "\(collector.errors)")
        }
        load.stop()
        let last = try start(folder, sockets, label: "collect-last")
        group.wait()
        try wait { try AuditReader(path: folder.database).status().events == Int64(load.sent) }
        last.signal(SIGTERM)
        #expect(try last.wait() == 0)
        let page = try AuditReader(path: folder.database).events(EventQuery(order: .oldestFirst, limit: load.sent + 1))
        #expect(page.rows.map { $0.path ?? "" } == (0..<load.sent).map { "/\($0)" })
    }

    @Test("Sockets for another process are left alone; a socket of the wrong kind is a usage error")
    func others() throws {
        let foreign = Environment(["LISTEN_PID": "\(getpid() + 1)", "LISTEN_FDS": "1"])
        #expect(try SocketActivation.take(foreign) == .none)
        #expect(try SocketActivation.take(Environment([:])) == .none)
        let folder = try TestFolder()
        let sockets = [try bound(SOCK_DGRAM, folder["a.sock"]), try bound(SOCK_DGRAM, folder["b.sock"])]
        defer { for socket in sockets { close(socket) } }
        let collector = try start(folder, sockets, label: "two")
        #expect(try collector.wait() == 64)
        #expect(collector.errors.hasPrefix("mtlstop: b: "), "\(collector.errors)")
    }
}

/// Datagrams one after the other until told to stop, each waiting for room.
final class DatagramLoad: Sendable {
    private let path: String
    private let count = Atomic(0)
    private let isStopping = Atomic(false)

    init(to path: String) {
        self.path = path
    }

    /// How many the kernel took.
    var sent: Int { count.load(ordering: .acquiring) }

    func stop() {
        isStopping.store(true, ordering: .releasing)
    }

    func run() {
        guard let sender = try? DatagramSender(to: path) else { return }
        while !isStopping.load(ordering: .acquiring) {
            guard sender.send(Records.datagram("/\(sent)")) else { return }
            count.add(1, ordering: .releasing)
        }
    }
}
