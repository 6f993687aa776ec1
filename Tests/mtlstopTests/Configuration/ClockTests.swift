import CertCore
import SafeText
import Testing

@testable import mtlstop

@Suite("Clock")
struct ClockTests {
    @Test("MTLSTOP_NOW freezes the clock")
    func frozen() throws {
        let clock = try Clock(environment: Environment(["MTLSTOP_NOW": "2026-11-23T13:00:00Z"]))
        #expect(clock.isFrozen)
        #expect(clock.now.rfc3339 == "2026-11-23T13:00:00.000Z")
        #expect(clock.now == clock.now)
    }

    @Test("Without MTLSTOP_NOW the clock is the real one")
    func running() throws {
        let clock = try Clock(environment: Environment([:]))
        let before = Timestamp.now()
        #expect(!clock.isFrozen)
        #expect(clock.now >= before)
    }

    @Test("A value that is no time is a usage failure that shows the right form")
    func refused() {
        #expect {
            try Clock(environment: Environment(["MTLSTOP_NOW": "tomorrow"]))
        } throws: { error in
            guard let failure = error as? Failure else { return false }
            return failure.status == .usage && failure.line.string.contains("2026-11-23T13:00:00Z")
        }
    }
}
