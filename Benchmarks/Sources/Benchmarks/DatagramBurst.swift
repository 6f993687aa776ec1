import Glibc

/// Syslog datagrams in bursts of 20, sent as nginx does: what the queue does not take at once is gone.
///
/// The collector runs in a network namespace of its own, where the length of the queue may be set.
struct DatagramBurst {
    let program: String
    let folder: ScratchFolder

    private static let seconds = 5
    private static let burst = 20
    /// Measured by the goals.
    private static let steady = 20_000

    /// Sends at the goal's rate and at ten times that, each into a database of its own.
    func run(_ table: inout ResultTable) {
        for rate in [Self.steady, Self.steady * 10] {
            let name = "datagrams, \(rate / 1000)k a second in bursts of \(Self.burst), queue of 512"
            do {
                table.add(name, try measure(rate))
            } catch {
                table.add(name, "not measured: \(error)")
            }
        }
    }

    private func measure(_ rate: Int) throws -> String {
        let database = "datagrams-\(rate).db"
        let script = "echo 512 > /proc/sys/net/unix/max_dgram_qlen; exec \"$0\" \"$@\""
        let collector = try CollectorUnderTest(
            command: ["unshare", "-n", "sh", "-c", script, program],
            database: database,
            extra: ["--syslog-socket", folder["syslog.sock"]],
            folder: folder
        )
        let sender = try PlainSenders.connected(folder["syslog.sock"], SOCK_DGRAM)
        defer { close(sender) }
        let sent = try send(rate, sender)
        try collector.stop()
        let row = try counts(database)
        guard row.count == 3 else { throw BenchmarkError("sqlite3 gave no counts") }
        let lost = rate * Self.seconds - sent
        let told = row[1] > 0 ? "\(row[1]) loss rows tell of it" : "no loss row"
        if lost == 0 && row[0] == sent { return "0 lost of \(grouped(Double(sent))) (0)" }
        return
            "\(grouped(Double(lost))) not taken by the kernel, \(sent - row[0] - row[2]) read and neither stored nor "
            + "counted (0); \(told)"
    }

    /// Sends so many a second; gives how many the kernel took.
    private func send(_ rate: Int, _ descriptor: Int32) throws -> Int {
        let begin = ContinuousClock.now
        let bursts = rate * Self.seconds / Self.burst
        var taken = 0
        for burst in 0..<bursts {
            let due = begin + .nanoseconds(1_000_000_000 / rate * Self.burst * burst)
            while ContinuousClock.now < due { poll(nil, 0, due - .now > .milliseconds(2) ? 1 : 0) }
            for index in 0..<Self.burst {
                let line = Self.record(burst * Self.burst + index)
                let result = Glibc.send(descriptor, line, line.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
                if result == line.count { taken += 1 } else if errno != EAGAIN { throw BenchmarkError("send", errno) }
            }
        }
        return taken
    }

    private static func record(_ number: Int) -> [UInt8] {
        let fields =
            #""src":"nginx","verify":"SUCCESS","sdn":"CN=svc-\#(number % 500)","idn":"CN=CA","serial":"0A\#(number % 500)","#
            + #""ip":"192.0.2.\#(number % 250)","proto":"TLSv1.3","cipher":"TLS_AES_128_GCM_SHA256","method":"GET","#
            + #""uri":"/v1/items/\#(number % 100)?padding=\#(String(repeating: "x", count: 150))","status":"200""#
        return Array("<86>Nov 23 14:04:47 mtls: {\"v\":1,\(fields)}".utf8)
    }

    /// Events stored, loss rows, and the events they stand for.
    private func counts(_ database: String) throws -> [Int] {
        let sql = "SELECT (SELECT count(*) FROM event), count(*), ifnull(sum(n), 0) FROM loss"
        let command = ["sqlite3", "-readonly", folder[database], sql]
        _ = try Program(command, output: folder["datagrams.txt"], folder: folder).wait()
        return folder.text(of: "datagrams.txt").split(whereSeparator: { $0 == "|" || $0 == "\n" }).compactMap {
            Int($0)
        }
    }
}
