/// Who calls next and how: first everybody once, then at random by weight.
struct TrafficPlan: Sendable {
    private let clients: [DemoClient]
    private var opening: [DemoClient]
    private var generator: TrafficGenerator
    private let totalWeight: Int

    /// Of a hundred calls after the opening, so many speak TLS 1.2, and so many resume a session when they can.
    private static let olderVersionShare = 25
    private static let resumedShare = 15

    init(_ clients: [DemoClient], seed: UInt64) {
        self.clients = clients
        generator = TrafficGenerator(seed: seed)
        opening = clients.shuffled(using: &generator)
        totalWeight = clients.reduce(0) { $0 + $1.weight }
    }

    /// True until everybody has called once.
    var isOpening: Bool { !opening.isEmpty }

    /// The next call; nil when there are no clients.
    mutating func next() -> (client: DemoClient, call: CallPlan)? {
        let isFirst = isOpening
        guard let client = opening.popLast() ?? drawn() else { return nil }
        let isOlder = Int.random(in: 0..<100, using: &generator) < Self.olderVersionShare
        let mayResume = Int.random(in: 0..<100, using: &generator) < Self.resumedShare
        let path = Int.random(in: 0..<max(1, client.paths.count), using: &generator)
        return (client, CallPlan(version: isOlder ? .tls12 : .tls13, mayResume: !isFirst && mayResume, path: path))
    }

    private mutating func drawn() -> DemoClient? {
        guard totalWeight > 0 else { return nil }
        var ticket = Int.random(in: 0..<totalWeight, using: &generator)
        return clients.first { client in
            ticket -= client.weight
            return ticket < 0
        }
    }
}

/// SplitMix64: the same seed gives the same calls.
struct TrafficGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
