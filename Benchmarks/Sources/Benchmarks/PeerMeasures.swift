import AuditSamples
import Glibc

/// What others do with the same events in the same run.
struct PeerMeasures {
    let traffic: SampleTraffic
    let folder: ScratchFolder
    /// Where the peers' configurations and programs lie.
    let peers: String
    /// The collector's rate, for the ratios.
    let rate: Double

    /// Slow peers get so many events at most; the rate is what is compared.
    private static let fewer = 200_000

    /// Runs every peer; one that cannot run here is told with its reason.
    func run(_ table: inout ResultTable) {
        attempt("Python reference (the same protocol and promises)", &table, reference)
        attempt("syslog-ng to SQLite, tuned (no ack)", &table, syslogNG)
        attempt("systemd-journald, native datagrams (no ack)", &table, journald)
    }

    private func attempt(_ name: String, _ table: inout ResultTable, _ measure: () throws -> Double) {
        do {
            let theirs = try measure()
            table.add(name, "\(grouped(theirs)) a second; mtlstop does \(rounded(rate / theirs, 1)) times that")
        } catch {
            table.add(name, "did not run: \(error)")
        }
    }

    private func reference() throws -> Double {
        let socket = folder["reference.sock"]
        let command = ["python3", peers + "/reference.py", socket, folder["reference.db"]]
        let program = try Program(command, output: folder["reference.txt"], folder: folder)
        try wait("the reference") { access(socket, F_OK) == 0 }
        let fewer = prefix(min(traffic.events, 500_000))
        let elapsed = try Load(traffic: fewer, clients: 8).run(socket: socket)
        kill(program.pid, SIGTERM)
        _ = try program.wait()
        return Double(fewer.events) / elapsed.seconds
    }

    private func syslogNG() throws -> Double {
        let socket = folder["syslog-ng.sock"]
        let command = [
            "env", "FOLDER=\(folder.path)", "syslog-ng", "-F", "--no-caps", "-f", peers + "/syslog-ng.conf",
            "--persist-file", folder["syslog-ng.persist"], "--control", folder["syslog-ng.ctl"],
            "--pidfile", folder["syslog-ng.pid"],
        ]
        let program = try Program(command, output: folder["syslog-ng.txt"], folder: folder)
        try wait("syslog-ng") { access(socket, F_OK) == 0 }
        let fewer = prefix(Self.fewer)
        let senders = try PlainSenders(traffic: fewer, socket: socket, clients: 8)
        let begin = ContinuousClock.now
        try senders.send()
        try wait("all rows of syslog-ng") { try rows(in: "syslog-ng.db") >= fewer.events }
        let elapsed = ContinuousClock.now - begin
        kill(program.pid, SIGTERM)
        _ = try program.wait()
        return Double(fewer.events) / elapsed.seconds
    }

    private func journald() throws -> Double {
        let program = try Program(
            [peers + "/journald", folder["journald"]],
            output: folder["journald.txt"],
            folder: folder
        )
        let socket = folder["journald/run/journal/socket"]
        try wait("journald") { access(socket, F_OK) == 0 }
        let fewer = prefix(Self.fewer)
        let senders = try PlainSenders(traffic: fewer, datagrams: socket)
        let begin = ContinuousClock.now
        try senders.send()
        let elapsed = ContinuousClock.now - begin
        kill(program.pid, SIGTERM)
        _ = try program.wait()
        return Double(fewer.events) / elapsed.seconds
    }

    private func prefix(_ events: Int) -> SampleTraffic {
        SampleTraffic(
            seed: traffic.seed,
            events: min(events, traffic.events),
            certificates: traffic.certificates,
            start: traffic.start,
            span: traffic.span
        )
    }

    private func rows(in database: String) throws -> Int {
        let command = ["sqlite3", "-readonly", folder[database], "SELECT count(*) FROM event"]
        _ = try Program(command, output: folder["count.txt"], folder: folder).wait()
        return Int(folder.text(of: "count.txt").split(separator: "\n").first ?? "") ?? 0
    }

    private func wait(_ what: String, until condition: () throws -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(180)
        while try !condition() {
            guard ContinuousClock.now < deadline else { throw BenchmarkError("\(what): nothing for three minutes") }
            poll(nil, 0, 50)
        }
    }
}

/// A whole number with commas.
func grouped(_ value: Double) -> String {
    let digits = String(Int(value))
    var result = ""
    for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index).isMultiple(of: 3) { result.append(",") }
        result.append(digit)
    }
    return result
}
