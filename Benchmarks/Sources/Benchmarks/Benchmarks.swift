import AuditSamples
import CertCore
import Glibc

/// Measures the program that was built against the clock, and SQLite's own loader beside it in the same run.
@main
struct Benchmarks {
    /// The seed of the traffic; the same events in every run.
    private static let seed: UInt64 = 20_261_123

    static func main() throws {
        signal(SIGPIPE, SIG_IGN)
        var arguments = Array(CommandLine.arguments.dropFirst())
        let isOfReports = arguments.first == "reports"
        if isOfReports { arguments.removeFirst() }
        guard let program = arguments.first, let events = Int(arguments.dropFirst().first ?? "1000000"), events > 0
        else {
            print("usage: Benchmarks [reports] PATH-OF-MTLSTOP [EVENTS [FOLDER-OF-PEERS | --long]]")
            exit(64)
        }
        let folder = try ScratchFolder()
        defer { folder.remove() }
        if arguments.last == "--long" { return try runLong(program, events, folder) }
        let traffic = SampleTraffic(
            seed: seed,
            events: events,
            certificates: 20_000,
            start: Timestamp.now().advanced(byMilliseconds: -86_400_000),
            span: 86_400_000
        )
        var table = ResultTable()
        if isOfReports {
            try ReportBenchmark(program: program, traffic: traffic, folder: folder).run(&table)
            print(table.text)
            return
        }
        let rate = try CollectorMeasures(program: program, traffic: traffic, folder: folder).run(&table)
        try measureImport(traffic, rate, folder, &table)
        try measureFirstFrame(program, folder, &table)
        if arguments.count > 2 {
            PeerMeasures(traffic: traffic, folder: folder, peers: arguments[2], rate: rate).run(&table)
        }
        print(table.text)
    }

    private static func runLong(_ program: String, _ events: Int, _ folder: ScratchFolder) throws {
        var table = ResultTable()
        let rounds = max(2, events / 1_000_000)
        try LongRun(program: program, seed: seed, rounds: rounds, folder: folder).run(&table)
        print(table.text)
    }

    private static func measureImport(
        _ traffic: SampleTraffic,
        _ rate: Double,
        _ folder: ScratchFolder,
        _ table: inout ResultTable
    ) throws {
        let theirs = Double(traffic.events) / (try ShellImport(traffic: traffic, folder: folder).run()).seconds
        let ratio = rounded(rate / theirs, 2)
        table.add(
            "sqlite3 .import, the same rows as 8 integers",
            "\(grouped(theirs)) a second; mtlstop does \(ratio) times that (0.5)"
        )
    }

    private static func measureFirstFrame(
        _ program: String,
        _ folder: ScratchFolder,
        _ table: inout ResultTable
    ) throws {
        var times: [Duration] = []
        for _ in 0..<7 {
            let begin = ContinuousClock.now
            let command = [program, "watch", "--once", "--read-only", "--db", folder["audit.db"]]
            let status = try Program(command, output: folder["frame.txt"], folder: folder).wait()
            guard status == 0, folder.size(of: "frame.txt") > 0 else {
                table.add("watch --once", "ends with \(status)")
                return
            }
            times.append(ContinuousClock.now - begin)
        }
        times.sort()
        let text = "\(rounded(times[times.count / 2].seconds * 1e3, 1)) ms"
        table.add("watch --once on that database: process start to its end, median of 7", text)
    }
}

/// A number with so many digits after the point.
func rounded(_ value: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((value * scale).rounded())
    guard digits > 0 else { return "\(whole)" }
    let fraction = String(whole % Int(scale))
    return "\(whole / Int(scale))." + String(repeating: "0", count: digits - fraction.count) + fraction
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
