import AuditEvents
import AuditStore
import Testing

@testable import mtlstop

/// So many lines a second and user.
@Suite("The rate limit")
struct RateLimitTests {
    @Test("A bucket holds a second's worth and is filled evenly; each user has its own")
    func bucket() {
        var limiter = RateLimiter(limit: 10)
        func admitted(_ user: UInt32, _ count: Int, at time: ContinuousClock.Instant) -> Int {
            (0..<count).filter { _ in limiter.admits(user, now: time) }.count
        }
        let begin = ContinuousClock.now
        #expect(admitted(1, 15, at: begin) == 10)
        #expect(admitted(2, 1, at: begin) == 1)
        #expect(admitted(1, 15, at: begin + .milliseconds(300)) == 3)
        #expect(admitted(1, 50, at: begin + .seconds(60)) == 10)
        limiter.limit = nil
        #expect(admitted(1, 50, at: begin + .seconds(60)) == 50)
    }

    @Test("Many users cost bounded memory and keep their buckets while those are not full")
    func manyUsers() {
        var limiter = RateLimiter(limit: 2)
        var now = ContinuousClock.now
        var refused = 0
        for user in 0..<20_000 {
            now += .milliseconds(1)
            if !limiter.admits(UInt32(user), now: now) { refused += 1 }
        }
        #expect(refused == 0)
        let again = [limiter.admits(19_999, now: now), limiter.admits(19_999, now: now)]
        #expect(again == [true, false])
    }

    @Test("What is beyond the limit is not stored; its number is consumed, a loss row counts it, the sender is told")
    func refuses() throws {
        let folder = try TestFolder()
        var configuration = folder.configuration
        configuration.control = IntakeControl(IntakeSettings(rateLimit: 100))
        let collector = try RunningCollector.start(configuration)
        let connection = try IntakeConnection(to: folder.socket)
        _ = try connection.greet(producer: Lines.producer())
        connection.send((1...5000).map { Lines.event($0) }.joined())
        let others = try connection.waitForAck(5000)
        #expect(others.first?["notice"]?.stringValue == "busy")
        configuration.control.replace(IntakeSettings())
        connection.send(Lines.event(5001))
        let later = try connection.waitForAck(5001)
        #expect(later.last?["notice"]?.stringValue == "resumed")
        let lost = collector.counters.losses["rate_limit"] ?? 0
        #expect(collector.counters.events + lost == 5001)
        #expect(collector.counters.losses["gap"] == nil)
        try collector.stop()
        let status = try AuditReader(path: folder.database).status()
        #expect(status.events >= 101 && status.events < 3000)
        #expect(status.lostEvents == Int64(lost))
    }

    @Test("Bad lines count against the limit too")
    func badLines() throws {
        let folder = try TestFolder()
        var configuration = folder.configuration
        configuration.control = IntakeControl(IntakeSettings(rateLimit: 10))
        let collector = try RunningCollector.start(configuration)
        let connection = try IntakeConnection(to: folder.socket)
        connection.send("{}\n" + String(repeating: "x\n", count: 2000))
        connection.finishSending()
        while connection.line() != nil {}
        try collector.stop()
        let status = try AuditReader(path: folder.database).status()
        #expect(status.badLines + status.lostEvents == 2001)
        #expect(status.badLines >= 10 && status.badLines < 500)
    }
}
