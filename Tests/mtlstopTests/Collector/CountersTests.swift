import AuditEvents
import AuditStore
import Testing

@testable import mtlstop

/// What a collector says of itself.
@Suite("The collector's counters")
struct CountersTests {
    @Test("Events, bad lines, losses, repeats and acks are counted once they are durable")
    func counts() throws {
        let folder = try TestFolder()
        let collector = try RunningCollector.start(folder.configuration)
        #expect(collector.counters == IntakeCounters())
        let connection = try IntakeConnection(to: folder.socket)
        _ = try connection.greet(producer: Lines.producer())
        connection.send(Lines.event(1) + Lines.event(2) + Lines.event(2) + Lines.event(5))
        connection.send(#"{"event":"rejected","seq":6,"reason":"x"}"# + "\n" + #"{"event":"maybe","seq":7}"# + "\n")
        connection.send(#"{"drop":42}"# + "\n" + Lines.event(8))
        try connection.waitForAck(8)
        let counters = collector.counters
        #expect(counters.authenticated == 4)
        #expect(counters.rejected == 1)
        #expect(counters.events == 5)
        #expect(counters.repeated == 1)
        #expect(counters.badLines == ["unknown_event": 1])
        #expect(counters.losses == ["gap": 2, "drop": 42])
        #expect(counters.acks >= 1)
        #expect(counters.batches >= 2)
        #expect(counters.commitLatency.count == counters.batches)
        #expect(counters.commitLatency.counts.reduce(0, +) == counters.batches)
        #expect(counters.connections == 1)
        #expect(counters.connectionsAccepted == 1)
        #expect(counters.state == .taking)
        try collector.stop()
    }

    @Test("A duration falls into the first bucket that holds it")
    func histogram() {
        var histogram = LatencyHistogram()
        for milliseconds in [1, 2, 3, 60, 5000, 20_000] { histogram.add(.milliseconds(milliseconds)) }
        #expect(histogram.counts == [1, 1, 1, 0, 0, 0, 1, 0, 0, 1, 1])
        #expect(histogram.count == 6)
        #expect(abs(histogram.sum - 25.066) < 1e-9)
    }
}
