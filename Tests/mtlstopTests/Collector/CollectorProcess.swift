import Glibc
import Testing

@testable import mtlstop

/// `mtlstop collect` as a process of its own, on a folder of the test.
final class CollectorProcess {
    let folder: TestFolder
    let child: ChildProcess

    var database: String { folder["audit.db"] }
    var socket: String { folder["ingest.sock"] }

    /// Starts a collector and returns when it says READY=1; fails the test with its words when it ends instead.
    ///
    /// - Parameters:
    ///   - database: Where it keeps its database; a file of the folder by default.
    ///   - disk: A mount namespace to run it in.
    ///   - wrapper: A program with its arguments that runs the rest of its command line.
    init(
        in folder: TestFolder,
        options: [String] = [],
        label: String = "collect",
        environment: [String: String] = [:],
        database: String? = nil,
        through disk: SmallDisk? = nil,
        wrapper: [String] = []
    ) throws {
        self.folder = folder
        let notify = try NotifySocket(path: folder["notify-\(label).sock"])
        let command =
            ["collect", "--db", database ?? folder["audit.db"], "--socket", folder["ingest.sock"]] + options
        let wrapped = wrapper.isEmpty ? command : wrapper.dropFirst() + [ChildProcess.program] + command
        child = try ChildProcess(
            disk.map { $0.command([ChildProcess.program] + command) } ?? wrapped,
            in: folder,
            label: label,
            environment: environment.merging(["NOTIFY_SOCKET": notify.path]) { $1 },
            program: disk == nil ? wrapper.first ?? ChildProcess.program : "/usr/bin/nsenter"
        )
        let isReady = notify.waitForReady(orEndOf: child)
        try #require(isReady, "the collector did not start: \(child.errors)")
    }

    /// A new connection.
    func connect() throws -> IntakeConnection {
        try IntakeConnection(to: socket)
    }

    /// Asks for an orderly end and returns the exit code.
    func terminate() throws -> Int32 {
        child.signal(SIGTERM)
        return try child.wait()
    }

    /// kill -9.
    func kill() throws {
        child.signal(SIGKILL)
        _ = try child.wait()
    }
}

/// The receiving end of `$NOTIFY_SOCKET`.
struct NotifySocket: ~Copyable {
    let path: String
    private let descriptor: Int32

    init(path: String) throws {
        self.path = path
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try #require(descriptor >= 0)
        unlink(path)
        let address = try #require(SocketAddress(path: path))
        let result = address.withKernelForm { bind(descriptor, $0, $1) }
        try #require(result == 0, "bind \(path): \(String(cString: strerror(errno)))")
    }

    deinit {
        close(descriptor)
        unlink(path)
    }

    /// True when READY=1 came; false when the process ended or a minute went by.
    func waitForReady(orEndOf child: ChildProcess) -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&wait, 1, 20) <= 0 {
            if child.ended() != nil || ContinuousClock.now > deadline { return false }
        }
        var buffer = [UInt8](repeating: 0, count: 512)
        let count = buffer.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).contains("READY=1")
    }
}
