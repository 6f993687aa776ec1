import Glibc

/// How long one event takes to become durable when nothing else is to do.
struct Latency {
    private let sorted: [Duration]

    /// Times in any order.
    init(_ times: [Duration]) {
        sorted = times.sorted()
    }

    /// Median and 99 %.
    var text: String {
        guard !sorted.isEmpty else { return "not measured" }
        let median = rounded(sorted[sorted.count / 2].seconds * 1e3, 2)
        let slow = rounded(sorted[min(sorted.count - 1, sorted.count * 99 / 100)].seconds * 1e3, 2)
        return "\(median) ms, \(slow) ms"
    }

    /// Sends events one by one, each after the ack of the one before.
    static func measure(socket: String, rounds: Int) throws -> Latency {
        let line = Array(#"{"event":"authenticated","cn":"svc-a","path":"/x","ip":"10.0.0.1"}"#.utf8)
        var times: [Duration] = []
        for round in 0..<rounds {
            let client = try LoadClient(socket: socket)
            client.add(line)
            try client.greet(number: 1000 + round)
            let begin = ContinuousClock.now
            try client.sendSome()
            while !client.isDone {
                var wait = pollfd(fd: client.descriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&wait, 1, 10_000) > 0 else { throw BenchmarkError("no ack for 10 s") }
                try client.readAcks()
            }
            times.append(ContinuousClock.now - begin)
        }
        return Latency(times)
    }
}
