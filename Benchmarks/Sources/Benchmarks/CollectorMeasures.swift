import AuditSamples
import CertCore
import Glibc

/// What the collector under test does: rate, latency, processor time, memory, bytes.
struct CollectorMeasures {
    let program: String
    let traffic: SampleTraffic
    let folder: ScratchFolder

    /// How many idle clients are held.
    private static let idleClients = 10_000

    /// Runs all; gives the rate of acknowledged events a second.
    func run(_ table: inout ResultTable) throws -> Double {
        let collector = try CollectorUnderTest(program: program, folder: folder)
        // Idle is after a moment of rest: then the collector gives back what its start took.
        poll(nil, 0, 1_500)
        let own = collector.ownMemory >> 20
        table.add("memory, idle", "\(collector.memory >> 20) MiB (24), of which \(own) are not pages of program files")
        let latency = try Latency.measure(socket: collector.socket, rounds: 200)
        table.add("one event, idle: ack after (median, 99 %)", "\(latency.text) (5 ms)")
        let (rate, processor) = try load(collector, &table)
        try paced(collector, &table)
        try idle(collector, &table)
        try collector.stop()
        let stored = traffic.events + PacedLoad.events(of: traffic)
        try LedgerMeasures(program: program, events: stored, folder: folder).run(processor: processor, &table)
        let perEvent = try BytesPerEvent(database: "audit.db", folder: folder)
        table.add("bytes an event on disk, certificates and names apart", "\(perEvent.events) (40)")
        table.add("bytes of certificates, names and their use, an event of this run", perEvent.others)
        DatagramBurst(program: program, folder: folder).run(&table)
        return rate
    }

    private func load(_ collector: CollectorUnderTest, _ table: inout ResultTable) throws -> (Double, Double) {
        let load = Load(traffic: traffic, clients: 8)
        let before = collector.processorTime
        let elapsed = try load.run(socket: collector.socket)
        let processor = collector.processorTime - before
        let rate = Double(traffic.events) / elapsed.seconds
        table.addRate("\(traffic.events) events, 8 clients, acknowledged", traffic.events, elapsed)
        let perEvent = processor.seconds * 1e6 / Double(traffic.events)
        table.add("processor time an event", "\(rounded(perEvent, 2)) us (4)")
        table.add("memory at full rate, its peak", "\(collector.peakMemory >> 20) MiB (96)")
        return (rate, perEvent)
    }

    private func paced(_ collector: CollectorUnderTest, _ table: inout ResultTable) throws {
        let paced = PacedLoad(traffic: traffic)
        let result = try paced.run(socket: collector.socket)
        let rate = rounded(result.rate / 1000, 0)
        table.add("one event under \(rate)k a second: ack after (median, 99 %)", "\(result.latency.text) (100 ms)")
    }

    private func idle(_ collector: CollectorUnderTest, _ table: inout ResultTable) throws {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard limit.rlim_cur > UInt(Self.idleClients) + 200 else {
            return table.add("memory with 10,000 idle clients", "not measured: ulimit -Hn is \(limit.rlim_cur)")
        }
        // The collector is at rest before and after, so that the difference is the connections'.
        poll(nil, 0, 1_000)
        let before = collector.memory
        let clients = try (0..<Self.idleClients).map { _ in try LoadClient(socket: collector.socket) }
        // Each has been accepted once a later one is answered.
        _ = try Latency.measure(socket: collector.socket, rounds: 1)
        let after = withExtendedLifetime(clients) { collector.memory }
        let added = "\(max(0, after - before) / Self.idleClients) bytes each"
        table.add("memory with 10,000 idle clients, after the load", "\(after >> 20) MiB (120), \(added)")
    }
}
