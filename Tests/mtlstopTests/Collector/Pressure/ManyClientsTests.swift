import AuditEvents
import AuditStore
import Glibc
import Testing

@testable import mtlstop

/// Ten thousand connections, no descriptors left, users that may not write.
@Suite("Many clients and strangers")
struct ManyClientsTests {
    @Test("Ten thousand idle clients are held in bounded memory, and each is served when it speaks")
    func tenThousand() throws {
        try #require(Descriptors.raise(to: 10_500), "needs 10,500 descriptors (ulimit -Hn)")
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        let clients = try (0..<10_000).map { _ in try collector.connect() }
        let worker = try collector.connect()
        _ = try worker.greet(producer: Lines.producer())
        worker.send((1...1000).map { Lines.event($0) }.joined())
        try worker.waitForAck(1000)
        let memory = Descriptors.memory(of: collector.child.pid)
        #expect(memory < 160 << 20, "\(memory >> 20) MiB; a debug build is larger than what is shipped")
        for client in stride(from: 0, to: clients.count, by: 100).map({ clients[$0] }) {
            client.send(Lines.bare())
            client.finishSending()
            #expect(client.line() == nil)
        }
        #expect(try collector.terminate() == 0)
        #expect(try AuditReader(path: folder.database).status().events == 1100)
    }

    @Test("Without descriptors accepting pauses and is told once; who is connected is served, and then the others")
    func noDescriptors() throws {
        let folder = try TestFolder()
        let collector = try CollectorProcess(in: folder)
        let first = try collector.connect()
        _ = try first.greet(producer: Lines.producer())
        try limitDescriptors(of: collector, to: 64)
        var others = try (0..<100).map { _ in try collector.connect() }
        for other in others { other.send(Lines.bare()) }
        first.send(Lines.event(1))
        try first.waitForAck(1)
        try wait { collector.child.errors.contains("no connection can be accepted") }
        first.send(Lines.event(2))
        try first.waitForAck(2)
        // It waits instead of trying all the time: once the lines are stored there are quiet spells.
        try wait {
            let before = Descriptors.processorTime(of: collector.child.pid)
            poll(nil, 0, 300)
            return Descriptors.processorTime(of: collector.child.pid) - before <= 3
        }
        try limitDescriptors(of: collector, to: 1024)
        try wait { collector.child.errors.contains("accepted again") }
        others.removeFirst(80)
        for other in others { other.finishSending() }
        for other in others { #expect(other.line() == nil) }
        let told = collector.child.errors.split(separator: "\n").filter { $0.contains("no connection can be accepted") }
        #expect(told.count == 1)
        #expect(try collector.terminate() == 0)
        // A client that wrote and went away before it was accepted is read all the same.
        #expect(try AuditReader(path: folder.database).status().events == 102)
    }

    @Test(
        "A user that is not on the list is told not_allowed and stores nothing; its group, or its name on the list, lets it in",
        .enabled(if: geteuid() == 0, "needs root, to become another user")
    )
    func strangers() throws {
        let folder = try TestFolder()
        try #require(chmod(folder.path, 0o755) == 0)
        let collector = try CollectorProcess(in: folder, options: ["--mode", "0666", "--allow-uid", "12345"])
        #expect(try answer(to: 65_534, in: folder).contains("not_allowed"))
        #expect(try answer(to: 12_345, in: folder) == "")
        #expect(try answer(to: 0, in: folder) == "", "the collector's own user always may")
        #expect(try collector.terminate() == 0)
        #expect(try AuditReader(path: folder.database).status().events == 2)
        let second = try CollectorProcess(
            in: folder,
            options: ["--mode", "0666", "--allow-gid", "65534"],
            label: "second"
        )
        #expect(try answer(to: 65_534, in: folder) == "")
        #expect(try answer(to: 12_345, in: folder).contains("not_allowed"))
        #expect(try answer(to: 12_345, groups: "777,65534", in: folder) == "", "a supplementary group counts")
        #expect(try second.terminate() == 0)
        #expect(try AuditReader(path: folder.database).status().events == 4)
    }

    @Test(
        "SIGHUP reads the lists and the limit again; a file that cannot be understood changes nothing",
        .enabled(if: geteuid() == 0, "needs root, to become another user")
    )
    func reload() throws {
        let folder = try TestFolder()
        try #require(chmod(folder.path, 0o755) == 0)
        _ = try folder.write(Array(#"{"allowUid":[12345]}"#.utf8), to: "collect.json")
        let collector = try CollectorProcess(in: folder, options: ["--mode", "0666", "--config", folder.path])
        #expect(try answer(to: 65_534, in: folder).contains("not_allowed"))
        _ = try folder.write(Array(#"{"allowUid":[65534],"rateLimit":1}"#.utf8), to: "collect.json")
        collector.child.signal(SIGHUP)
        try wait { collector.child.errors.contains("settings are read again") }
        #expect(try answer(to: 65_534, lines: 50, in: folder).contains("busy"))
        #expect(try answer(to: 12_345, in: folder).contains("not_allowed"))
        _ = try folder.write(Array(#"{"allowUid":"all"}"#.utf8), to: "collect.json")
        collector.child.signal(SIGHUP)
        try wait { collector.child.errors.contains("allowUid is no list") }
        #expect(try answer(to: 12_345, in: folder).contains("not_allowed"))
        #expect(try collector.terminate() == 0)
        let status = try AuditReader(path: folder.database).status()
        #expect(status.events + status.lostEvents == 50)
        #expect(status.lostEvents >= 45)
    }

    @Test(
        "A collect.json with a mistake ends the start with 65 and names it",
        arguments: [
            ("{\"allowUids\":[1]}", "allowUids"), ("{\"rateLimit\":0}", "rateLimit"), ("[1]", "no object"),
            ("{", "byte"),
        ]
    )
    func badFile(_ text: String, _ word: String) throws {
        let folder = try TestFolder()
        _ = try folder.write(Array(text.utf8), to: "collect.json")
        let command = ["collect", "--db", folder.database, "--socket", folder.socket, "--config", folder.path]
        let collector = try ChildProcess(command, in: folder)
        #expect(try collector.wait() == 65)
        #expect(collector.errors.hasPrefix("mtlstop: ") && collector.errors.contains(word), "\(collector.errors)")
        #expect(access(folder.database, F_OK) != 0)
    }

    /// What a client of another user is answered until the collector closes.
    private func answer(to user: uid_t, groups: String? = nil, lines: Int = 1, in folder: TestFolder) throws -> String {
        let text = String(repeating: Lines.bare(), count: lines)
        _ = try folder.write(Array(text.utf8), to: "lines")
        let script = """
            use IO::Socket::UNIX; $SIG{PIPE} = 'IGNORE'; local $/;
            my $s = IO::Socket::UNIX->new(Peer => '\(folder.socket)') or die "connect: $!";
            my $text = <STDIN>; print $s $text; $s->flush; shutdown $s, 1; print <$s>;
            """
        let child = try ChildProcess(
            ["--reuid=\(user)", "--regid=\(user)", groups.map { "--groups=\($0)" } ?? "--clear-groups"]
                + ["/usr/bin/perl", "-e", script],
            in: folder,
            label: "stranger",
            input: folder["lines"],
            program: "/usr/bin/setpriv"
        )
        try #require(try child.wait() == 0, "\(child.errors)")
        return child.output
    }

    private func limitDescriptors(of collector: CollectorProcess, to count: Int) throws {
        let options = ["--pid", "\(collector.child.pid)", "--nofile=\(count):"]
        let tool = try ChildProcess(options, in: collector.folder, label: "prlimit", program: "/usr/bin/prlimit")
        #expect(try tool.wait() == 0, "\(tool.errors)")
    }
}

/// Figures of processes, from /proc.
enum Descriptors {
    /// Lets this process have so many descriptors; false when it may not.
    static func raise(to count: UInt) -> Bool {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        if limit.rlim_cur >= count { return true }
        limit.rlim_cur = limit.rlim_max
        return setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 && limit.rlim_cur >= count
    }

    /// The memory of a process in bytes.
    static func memory(of pid: pid_t) -> Int {
        let line = text("/proc/\(pid)/status").split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
        return (line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) << 10
    }

    /// User and system time in ticks of 10 ms.
    static func processorTime(of pid: pid_t) -> Int {
        let fields = text("/proc/\(pid)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        return fields.count > 12 ? (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0) : 0
    }

    private static func text(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
