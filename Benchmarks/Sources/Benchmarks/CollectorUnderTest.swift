import Glibc

/// The release `mtlstop collect` on the scratch folder.
struct CollectorUnderTest {
    let socket: String
    private let program: Program

    /// Starts it and waits until it listens; `command` may be a wrapper that ends in the program.
    init(command: [String], database: String = "audit.db", extra: [String] = [], folder: ScratchFolder) throws {
        socket = folder["ingest.sock"]
        let command = command + ["collect", "--db", folder[database], "--socket", socket] + extra
        program = try Program(command, output: folder["collect.txt"], folder: folder)
        let deadline = ContinuousClock.now + .seconds(20)
        while (try? LoadClient(socket: socket)) == nil {
            guard ContinuousClock.now < deadline else { throw BenchmarkError("the collector did not start") }
            poll(nil, 0, 10)
        }
    }

    init(program path: String, folder: ScratchFolder) throws {
        try self.init(command: [path], folder: folder)
    }

    /// User and system time so far, from /proc (ticks of 10 ms).
    var processorTime: Duration {
        let fields = proc("stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 13, let user = Int(fields[11]), let system = Int(fields[12]) else { return .zero }
        return .milliseconds((user + system) * 1000 / max(1, sysconf(Int32(_SC_CLK_TCK))))
    }

    /// The most memory it had, in bytes.
    var peakMemory: Int { memory("VmHWM") }

    /// The memory it has, in bytes.
    var memory: Int { memory("VmRSS") }

    /// The part of it that is no page of a program file.
    var ownMemory: Int { memory("RssAnon") }

    private func memory(_ name: String) -> Int {
        let line = proc("status").split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
        return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) << 10
    }

    /// Asks it to end and waits.
    func stop() throws {
        kill(program.pid, SIGTERM)
        let status = try program.wait()
        guard status == 0 else { throw BenchmarkError("the collector ended with \(status)") }
    }

    private func proc(_ name: String) -> String {
        guard let file = fopen("/proc/\(program.pid)/\(name)", "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
