import AuditSamples
import Glibc

/// A steady load below what the collector can do, and one client that sends an event, waits for its ack, and again.
struct PacedLoad {
    /// What came out.
    struct Result {
        var latency: Latency
        var rate: Double
    }

    /// Events a second of the load.
    private static let pace = 100_000
    /// The most it lasts, in seconds.
    private static let length = 5

    private let traffic: SampleTraffic

    init(traffic: SampleTraffic) {
        self.traffic = traffic
    }

    /// How many events of the traffic it sends.
    static func events(of traffic: SampleTraffic) -> Int { min(traffic.events, pace * length) }

    /// Sends the load and measures beside it.
    func run(socket: String) throws -> Result {
        let count = Self.events(of: traffic)
        let load = try clients(socket, count)
        let ping = try LoadClient(socket: socket)
        let line = Array(#"{"event":"authenticated","cn":"svc-a","path":"/x","ip":"10.0.0.1"}"#.utf8)
        for _ in 0..<100_000 { ping.add(line) }
        ping.allowance = 0
        try ping.greet(number: 2100)
        let begin = ContinuousClock.now
        var (times, asked): ([Duration], ContinuousClock.Instant?) = ([], nil)
        while load.contains(where: { !$0.isDone }) {
            let due = Int((ContinuousClock.now - begin).seconds * Double(Self.pace) / Double(load.count))
            for client in load { client.allowance = due }
            if asked == nil {
                ping.allowance += 1
                asked = .now
            }
            try turn(load + [ping])
            if let sent = asked, ping.acknowledged == ping.allowance {
                times.append(.now - sent)
                asked = nil
            }
        }
        let elapsed = ContinuousClock.now - begin
        return Result(latency: Latency(times), rate: Double(count) / elapsed.seconds)
    }

    private func clients(_ socket: String, _ count: Int) throws -> [LoadClient] {
        let clients = try (0..<4).map { _ in try LoadClient(socket: socket) }
        var turn = 0
        traffic.lines { line in
            if turn < count { clients[turn % clients.count].add(line) }
            turn += 1
        }
        for (number, client) in clients.enumerated() { try client.greet(number: 2000 + number) }
        return clients
    }

    private func turn(_ clients: [LoadClient]) throws {
        var waits = clients.map { pollfd(fd: $0.descriptor, events: $0.interest, revents: 0) }
        guard poll(&waits, nfds_t(waits.count), 1) >= 0 else { throw BenchmarkError("poll", errno) }
        for (client, wait) in zip(clients, waits) {
            if wait.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 { try client.readAcks() }
            if wait.revents & Int16(POLLOUT) != 0 { try client.sendSome() }
        }
    }
}
