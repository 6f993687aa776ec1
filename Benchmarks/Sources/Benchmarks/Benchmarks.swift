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
        let arguments = CommandLine.arguments.dropFirst()
        guard let program = arguments.first, let events = Int(arguments.dropFirst().first ?? "1000000"), events > 0
        else {
            print("usage: Benchmarks PATH-OF-MTLSTOP [EVENTS]")
            exit(64)
        }
        let folder = try ScratchFolder()
        defer { folder.remove() }
        let traffic = SampleTraffic(
            seed: seed,
            events: events,
            start: Timestamp.now().advanced(byMilliseconds: -86_400_000),
            span: 86_400_000
        )
        var table = ResultTable()
        try measureLoading(program, traffic, folder, &table)
        try measureFirstFrame(program, folder, &table)
        print(table.text)
    }

    private static func measureLoading(
        _ program: String,
        _ traffic: SampleTraffic,
        _ folder: ScratchFolder,
        _ table: inout ResultTable
    ) throws {
        let collector = try CollectorUnderTest(program: program, folder: folder)
        let latency = try Latency.measure(socket: collector.socket, rounds: 200)
        table.add("one event, idle: ack after (median, 99 %)", latency.text)
        let load = Load(traffic: traffic, clients: 8)
        let before = collector.processorTime
        let elapsed = try load.run(socket: collector.socket)
        let processor = collector.processorTime - before
        table.addRate("\(traffic.events) events, 8 clients, acknowledged", traffic.events, elapsed)
        let perEvent = processor.seconds * 1e6 / Double(traffic.events)
        table.add("  the collector's CPU time an event", "\(rounded(perEvent, 2)) us")
        table.add("  the collector's memory at its peak", "\(collector.peakMemory >> 20) MiB")
        try collector.stop()
        let bytes = folder.size(of: "audit.db")
        table.add("  bytes an event in the database", rounded(Double(bytes) / Double(traffic.events), 1))
        let shell = try ShellImport(traffic: traffic, folder: folder)
        table.addRate("sqlite3 .import, the same rows as 8 integers", traffic.events, try shell.run())
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
