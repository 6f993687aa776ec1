import AuditSamples
import CertCore
import Glibc

/// Many rounds of the same traffic, day after day, into one database: whether it stays as fast, and its readers too.
struct LongRun {
    let program: String
    let seed: UInt64
    let rounds: Int
    let folder: ScratchFolder

    /// Events of a round.
    private static let events = 1_000_000
    private static let day: Int64 = 86_400_000

    /// Runs all.
    func run(_ table: inout ResultTable) throws {
        var collector = try CollectorUnderTest(program: program, folder: folder)
        var rates: [Double] = []
        for round in 0..<rounds {
            let elapsed = try load(round).run(socket: collector.socket, producers: round * 10)
            rates.append(Double(Self.events) / elapsed.seconds)
            print("… round \(round + 1): \(grouped(rates.last ?? 0)) a second")
        }
        let half = rates.count / 2
        let (early, late) = (mean(rates.prefix(max(1, half))), mean(rates.suffix(max(1, half))))
        table.add(
            "\(grouped(Double(rounds * Self.events))) events, 8 clients, acknowledged",
            "\(grouped(mean(rates[...]))) a second"
        )
        table.add("  the second half against the first", "\(rounded((late / early - 1) * 100, 0)) % (-20)")
        table.add("  memory at its peak", "\(collector.peakMemory >> 20) MiB (96)")
        try collector.stop()
        table.add("  size of the database", "\(folder.size(of: "audit.db") >> 20) MiB")
        let begin = ContinuousClock.now
        collector = try CollectorUnderTest(program: program, folder: folder)
        table.add("  start until the first connection", "\(milliseconds(since: begin)) (1 s)")
        try collector.stop()
        try readers(&table)
    }

    private func readers(_ table: inout ResultTable) throws {
        let questions: [(String, [String])] = [
            ("the newest 100 events", ["events", "--limit", "100"]),
            ("the last 100 rejections", ["events", "--limit", "100", "outcome:rej"]),
            ("the dashboard's first screen", ["watch", "--once", "--read-only"]),
            ("the certificates by use", ["certs", "--format", "ndjson"]),
            ("verify", ["verify"]),
        ]
        for (name, words) in questions {
            let begin = ContinuousClock.now
            let isVerify = words == ["verify"]
            let place = isVerify ? [folder["audit.db"]] : ["--db", folder["audit.db"]]
            let status = try Program([program] + words + place, output: folder["answer.txt"], folder: folder).wait()
            let goal = isVerify ? " (90 s for 100,000,000)" : ""
            let figure = status == 0 ? milliseconds(since: begin) + goal : "ended with \(status)"
            table.add("  \(name), the whole process", figure)
        }
    }

    private func load(_ round: Int) -> Load {
        let start = Timestamp.now().advanced(byMilliseconds: Int64(round - rounds) * Self.day)
        let traffic = SampleTraffic(
            seed: seed,
            events: Self.events,
            certificates: 20_000,
            start: start,
            span: Self.day
        )
        return Load(traffic: traffic, clients: 8)
    }

    private func mean(_ rates: ArraySlice<Double>) -> Double {
        rates.reduce(0, +) / Double(max(1, rates.count))
    }

    private func milliseconds(since begin: ContinuousClock.Instant) -> String {
        "\(rounded((ContinuousClock.now - begin).seconds * 1e3, 0)) ms"
    }
}
