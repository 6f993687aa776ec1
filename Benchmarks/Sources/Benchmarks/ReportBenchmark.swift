import AuditSamples
import CertCore
import Glibc

/// How fast `mtlstop report` writes, beside SQLite's own shell writing the same events with their names as CSV.
struct ReportBenchmark {
    /// The formats that carry every event, and the two that sum up.
    private static let streams = ["ndjson", "json", "csv", "ecs", "ocsf", "cef", "leef", "syslog"]
    private static let documents = ["html", "md"]

    let program: String
    let traffic: SampleTraffic
    let folder: ScratchFolder

    /// Fills a database and writes every format from it.
    func run(_ table: inout ResultTable) throws {
        try traffic.fillDatabase(path: folder["audit.db"])
        let shell = try measure(Self.shell(folder), "sqlite3")
        table.addRate("sqlite3 -csv, the same events with their names", traffic.events, shell.elapsed)
        for format in Self.streams {
            let result = try measure(command(format), format)
            table.addRate("report --format \(format)", traffic.events, result.elapsed)
            let ratio = rounded(shell.elapsed.seconds / result.elapsed.seconds, 2)
            table.add("  of sqlite3 -csv; memory at the peak", "\(ratio) times; \(result.peak >> 20) MiB")
        }
        for format in Self.documents {
            let result = try measure(command(format), format)
            let text = "\(rounded(result.elapsed.seconds, 2)) s; \(result.peak >> 20) MiB"
            table.add("report --format \(format) over \(traffic.events) events; memory at the peak", text)
        }
    }

    private func command(_ format: String) -> [String] {
        [program, "report", "--format", format, "--db", folder["audit.db"]]
    }

    /// The columns of the CSV format, as far as the database holds them as columns.
    private static func shell(_ folder: ScratchFolder) -> [String] {
        let sql = """
            SELECT e.id, strftime('%Y-%m-%dT%H:%M:%fZ', e.ts / 1000.0, 'unixepoch'), e.outcome, r.value, v.code, k.cn,
                k.subject, k.issuer, k.san, k.serial, hex(k.sha256), k.not_before, k.not_after,
                (k.not_after - e.ts) / 1000, i.value, e.port, m.value, h.value, p.value, t.value, c.value, x.resumed,
                s.value, v.verified, n.value, v.class
            FROM event e
            JOIN verdict v ON v.id = e.verdict JOIN context x ON x.id = e.context
            LEFT JOIN cert k ON k.id = e.cert LEFT JOIN str r ON r.id = v.reason LEFT JOIN str i ON i.id = e.ip
            LEFT JOIN str p ON p.id = e.path LEFT JOIN str m ON m.id = x.method LEFT JOIN str h ON h.id = x.host
            LEFT JOIN str t ON t.id = x.protocol LEFT JOIN str c ON c.id = x.cipher
            LEFT JOIN str s ON s.id = x.source LEFT JOIN str n ON n.id = x.service
            ORDER BY e.id
            """
        return ["sqlite3", "-readonly", "-csv", "-header", folder["audit.db"], sql]
    }

    /// The time from the start of a program to its end, and the most memory it had.
    private func measure(_ command: [String], _ name: String) throws -> (elapsed: Duration, peak: Int) {
        let begin = ContinuousClock.now
        let child = try Program(command, output: folder["\(name).out"], folder: folder)
        let (status, peak) = try child.waitMeasured()
        let elapsed = ContinuousClock.now - begin
        guard status == 0 else { throw BenchmarkError("\(command[0]) ended with \(status)") }
        unlink(folder["\(name).out"])
        return (elapsed, peak)
    }
}
