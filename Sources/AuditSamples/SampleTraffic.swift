public import CertCore

/// Made-up traffic of many clients, the same for the same seed: for benchmarks, tests and demonstrations.
///
/// Clients are drawn with a Zipf distribution; times rise evenly over the span with a jitter of up to two seconds, so
/// neighbours may be out of order as they are in life.
public struct SampleTraffic: Sendable {
    /// Where the sequence starts.
    public let seed: UInt64
    /// How many events.
    public let events: Int
    /// How many distinct certificates at most.
    public let certificates: Int
    /// The part of the events that are rejections, 0…1.
    public let rejectedShare: Double
    /// The time of the first event, about.
    public let start: Timestamp
    /// How long the traffic lasts, in milliseconds.
    public let span: Int64
    private let clients: [SampleClient]
    private let zipf: ZipfTable

    /// Traffic of so many events; cheap but for the certificates' names.
    public init(
        seed: UInt64,
        events: Int,
        certificates: Int = 2000,
        rejectedShare: Double = 0.02,
        start: Timestamp,
        span: Int64
    ) {
        self.seed = seed
        self.events = events
        self.certificates = max(1, certificates)
        self.rejectedShare = rejectedShare
        self.start = start
        self.span = span
        var generator = SampleGenerator(seed: seed ^ 0xC1E7)
        clients = (0..<max(1, certificates)).map { SampleClient(number: $0, start: start, &generator) }
        zipf = ZipfTable(count: certificates)
    }

    /// Every event as a line of the intake socket, without its newline; the array is reused between calls.
    public func lines(_ body: (borrowing [UInt8]) throws -> Void) rethrows {
        var generator = SampleGenerator(seed: seed)
        var line: [UInt8] = []
        line.reserveCapacity(1024)
        for index in 0..<events {
            line.removeAll(keepingCapacity: true)
            write(event(index, &generator), to: &line)
            try body(line)
        }
    }

    struct Event {
        var time: Int64
        var client: SampleClient
        var address: String
        var path: String
        var rejection: SampleRejection?
        var isAnonymous: Bool
        var port: Int
        var isResumed: Bool
    }

    private func event(_ index: Int, _ generator: inout SampleGenerator) -> Event {
        let client = clients[zipf.rank(&generator)]
        let isRejected = generator.fraction() < rejectedShare
        let isAnonymous = isRejected && generator.index(below: 4) == 0
        let even = events > 1 ? Int64(Double(span) * Double(index) / Double(events)) : 0
        return Event(
            time: start.milliseconds + even + Int64(generator.index(below: 2000)),
            client: client,
            address: client.addresses[generator.index(below: client.addresses.count)],
            path: client.paths[generator.index(below: client.paths.count)],
            rejection: isRejected ? (isAnonymous ? .anonymous : client.rejection) : nil,
            isAnonymous: isAnonymous,
            port: 1024 + generator.index(below: 60_000),
            isResumed: generator.index(below: 5) == 0
        )
    }

    private func write(_ event: Event, to line: inout [UInt8]) {
        line.append(#"{"event":""#)
        line.append(event.rejection == nil ? "authenticated" : "rejected")
        line.append(#"","time":"#)
        line.append(String(event.time))
        line.append(#","service":""#)
        line.append(event.client.service)
        line.append(#"","source":""#)
        line.append(event.isAnonymous ? "nginx" : "socket")
        if let rejection = event.rejection {
            line.append(#"","reason":""#)
            line.append(rejection.reason)
        }
        line.append(#"","cert":"#)
        if event.isAnonymous { line.append("null") } else { line.append(contentsOf: event.client.certificate) }
        writeRequest(event, to: &line)
        writeTLS(event, to: &line)
    }

    private func writeRequest(_ event: Event, to line: inout [UInt8]) {
        line.append(#","req":{"method":"GET","url":""#)
        line.append(event.path)
        line.append(#"","ip":""#)
        line.append(event.address)
        line.append(#"","port":"#)
        line.append(String(event.port))
        line.append(#","host":"api.example","userAgent":"sample/1"}"#)
    }

    private func writeTLS(_ event: Event, to line: inout [UInt8]) {
        line.append(#","tls":{"authorized":"#)
        line.append(event.rejection?.authorizationError == nil && !event.isAnonymous ? "true" : "false")
        if let error = event.rejection?.authorizationError {
            line.append(#","authorizationError":""#)
            line.append(error)
            line.append("\"")
        }
        line.append(#","protocol":"TLSv1.3","cipher":"TLS_AES_128_GCM_SHA256","resumed":"#)
        line.append(event.isResumed ? "true}}" : "false}}")
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ text: String) {
        append(contentsOf: text.utf8)
    }
}
