import Testing

@testable import mtlstop

@Suite("The demonstration's traffic")
struct TrafficPlanTests {
    private func client(_ name: String, weight: Int, paths: [String] = ["/"]) -> DemoClient {
        DemoClient(
            name: name,
            kind: .good,
            identity: nil,
            verdict: .accepted,
            host: 2,
            service: "billing",
            method: "GET",
            paths: paths,
            userAgent: "x",
            weight: weight
        )
    }

    private func calls(_ plan: inout TrafficPlan, _ count: Int) -> [(client: DemoClient, call: CallPlan)] {
        (0..<count).compactMap { _ in plan.next() }
    }

    @Test("Everybody calls once, with a full handshake, before anybody calls twice", arguments: 0..<20)
    func opening(seed: Int) {
        let clients = (0..<9).map { client("c\($0)", weight: $0) }
        var plan = TrafficPlan(clients, seed: UInt64(seed))
        let first = calls(&plan, 9)
        #expect(Set(first.map(\.client.name)).count == 9)
        #expect(first.allSatisfy { !$0.call.mayResume })
        #expect(!plan.isOpening)
    }

    @Test("The same seed gives the same calls, another seed others")
    func seeds() {
        let clients = (0..<9).map { client("c\($0)", weight: 1 + $0) }
        func names(_ seed: UInt64) -> [String] {
            var plan = TrafficPlan(clients, seed: seed)
            return calls(&plan, 100).map(\.client.name)
        }
        #expect(names(1) == names(1))
        #expect(names(1) != names(2))
    }

    @Test("After the opening the weights decide: a client without weight stays silent, both TLS versions are spoken")
    func weights() {
        var plan = TrafficPlan(
            [client("often", weight: 9), client("seldom", weight: 1), client("never", weight: 0)],
            seed: 7
        )
        _ = calls(&plan, 3)
        let later = calls(&plan, 2000)
        let often = later.filter { $0.client.name == "often" }.count
        #expect((1700...1900).contains(often), "seed 7: \(often) of 2000")
        #expect(!later.contains { $0.client.name == "never" })
        #expect(Set(later.map(\.call.version)) == [.tls12, .tls13])
        #expect(later.contains { $0.call.mayResume })
    }

    @Test("Without clients there is no call")
    func nobody() {
        var plan = TrafficPlan([], seed: 1)
        #expect(plan.next() == nil)
    }
}
