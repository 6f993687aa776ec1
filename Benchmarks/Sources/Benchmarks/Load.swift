import AuditSamples
import Glibc

/// The traffic, rendered beforehand and dealt to the clients, so that the run measures the collector.
struct Load {
    private let traffic: SampleTraffic
    private let clients: Int

    init(traffic: SampleTraffic, clients: Int) {
        self.traffic = traffic
        self.clients = clients
    }

    /// Sends everything; the time from the first byte to the last ack.
    ///
    /// - Parameter producers: The number of the first producer; a producer is used once.
    func run(socket: String, producers: Int = 0) throws -> Duration {
        let clients = try (0..<clients).map { _ in try LoadClient(socket: socket) }
        var turn = 0
        traffic.lines { line in
            clients[turn % clients.count].add(line)
            turn += 1
        }
        for (number, client) in clients.enumerated() { try client.greet(number: producers + number) }
        let begin = ContinuousClock.now
        var busy = clients.filter { !$0.isDone }
        while !busy.isEmpty {
            var waits = busy.map { pollfd(fd: $0.descriptor, events: $0.interest, revents: 0) }
            guard poll(&waits, nfds_t(waits.count), 10_000) > 0 else { throw BenchmarkError("no answer for 10 s") }
            for (client, wait) in zip(busy, waits) {
                if wait.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 { try client.readAcks() }
                if wait.revents & Int16(POLLOUT) != 0 { try client.sendSome() }
            }
            busy.removeAll(where: \.isDone)
        }
        return ContinuousClock.now - begin
    }
}
