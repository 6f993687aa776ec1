import AuditEvents
import CertCore
import Testing

@testable import AuditStore

@Suite("Derived tables")
struct RollupTests {
    @Test("Counts equal a full recount after random traffic, flushed at random moments", arguments: 0..<4)
    func random(run: Int) throws {
        let seed = UInt64.random(in: .min ... .max)
        var traffic = RandomTraffic(seed: seed)
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for _ in 0..<3_000 {
            try harness.append(traffic.line())
            if traffic.chance(40) { try harness.commit() }
            if traffic.chance(200) { try harness.writer.flushRollups(now: harness.now) }
            if traffic.chance(100) { harness.now = harness.now.advanced(byMilliseconds: 700) }
        }
        try harness.commit()
        #expect(try harness.writer.derivedDifferences(now: harness.now) == [], "behind the watermark, seed \(seed)")
        try harness.writer.flushRollups(now: harness.now)
        #expect(try harness.value("SELECT value FROM meta WHERE key = 'derived_upto'") == "3000", "seed \(seed)")
        #expect(try harness.writer.derivedDifferences(now: harness.now) == [], "seed \(seed)")
        #expect(try harness.value("SELECT sum(n) FROM roll WHERE span = 3") == "3000", "seed \(seed)")
    }

    @Test("The recount finds a count that was changed")
    func tampering() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        try harness.append(#"{"event":"authenticated","cn":"a"}"#)
        try harness.commit()
        try harness.writer.flushRollups(now: harness.now)
        _ = try harness.rows("UPDATE cert_total SET rejected = 1")
        _ = try harness.rows("UPDATE roll SET n = 2 WHERE span = 2")
        #expect(try harness.writer.derivedDifferences(now: harness.now) == ["cert_total", "roll by hour"])
    }

    @Test("What a crash left above the watermark is counted at the next start")
    func replay() throws {
        let seed = UInt64.random(in: .min ... .max)
        var traffic = RandomTraffic(seed: seed)
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for _ in 0..<500 { try harness.append(traffic.line()) }
        try harness.commit()
        try harness.writer.flushRollups(now: harness.now)
        for _ in 0..<700 { try harness.append(traffic.line()) }
        try harness.commit()
        #expect(try harness.value("SELECT value FROM meta WHERE key = 'derived_upto'") == "500")
        let survivor = try WriterHarness(try place.copyAsAfterCrash())
        #expect(try survivor.value("SELECT value FROM meta WHERE key = 'derived_upto'") == "1200")
        #expect(try survivor.writer.derivedDifferences(now: survivor.now) == [], "seed \(seed)")
    }

    @Test("Derived tables that are emptied are rebuilt from the first event")
    func rebuild() throws {
        var traffic = RandomTraffic(seed: 7)
        let place = try TemporaryDatabase()
        do {
            let harness = try WriterHarness(place)
            for _ in 0..<400 { try harness.append(traffic.line()) }
            try harness.commit()
            for table in ["roll", "cert_use", "cert_total", "cert_segment"] {
                _ = try harness.rows("DELETE FROM \(table)")
            }
            _ = try harness.rows("UPDATE meta SET value = 0 WHERE key = 'derived_upto'")
            try harness.writer.connection.perform { _ in }
        }
        let harness = try WriterHarness(place)
        #expect(try harness.writer.derivedDifferences(now: harness.now) == [])
        #expect(try harness.value("SELECT sum(n) FROM roll WHERE span = 1") == "400")
    }

    @Test("While events come in, counts are flushed once a second with the commit")
    func busyFlush() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        func watermark() throws -> String { try harness.value("SELECT value FROM meta WHERE key = 'derived_upto'") }
        try harness.append(#"{"event":"authenticated"}"#)
        try harness.commit()
        try harness.append(#"{"event":"authenticated"}"#)
        try harness.commit()
        #expect(try watermark() == "0")
        harness.now = harness.now.advanced(byMilliseconds: 1_000)
        try harness.append(#"{"event":"authenticated"}"#)
        try harness.commit()
        #expect(try watermark() == "2")
    }

    @Test("Hours of certificates are kept for eight days, days for ever")
    func hoursKept() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for day in [0, 5, 9] {
            harness.now = WriterHarness.start.advanced(byMilliseconds: Int64(day) * 86_400_000)
            try harness.append(#"{"event":"authenticated","cn":"a"}"#)
            try harness.commit()
            try harness.writer.flushRollups(now: harness.now)
        }
        #expect(try harness.rows("SELECT span, count(*) FROM cert_use GROUP BY span") == [["2", "2"], ["3", "3"]])
        #expect(try harness.writer.derivedDifferences(now: harness.now) == [])
    }

    @Test("A total remembers its first, last and last accepted event")
    func totals() throws {
        let place = try TemporaryDatabase()
        let harness = try WriterHarness(place)
        for (outcome, time) in [("rejected", 500), ("authenticated", 300), ("rejected", 400)] {
            try harness.append(#"{"event":"\#(outcome)","time":\#(time),"cn":"a"}"#)
            try harness.commit()
            try harness.writer.flushRollups(now: harness.now)
        }
        let columns = "accepted, rejected, first_ts, last_ts, last_id, last_accepted_ts, last_accepted_id"
        #expect(
            try harness.rows("SELECT \(columns) FROM cert_total") == [
                ["1", "2", "300000", "500000", "3", "300000", "2"]
            ]
        )
    }
}

/// Lines of random traffic: few services and certificates, late events, all outcomes.
struct RandomTraffic {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// A number from 0 up to the bound (splitmix64).
    mutating func number(_ bound: UInt64) -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return (mixed ^ (mixed >> 31)) % bound
    }

    /// True once in `odds` times.
    mutating func chance(_ odds: UInt64) -> Bool {
        number(odds) == 0
    }

    mutating func line() -> String {
        let outcome = chance(5) ? "rejected" : "authenticated"
        let time = WriterHarness.start.milliseconds - Int64(number(chance(10) ? 300_000_000 : 5_000_000))
        let service = chance(4) ? "" : #""service":"s\#(number(4))","#
        let name = chance(6) ? "" : #""cn":"client-\#(number(30))","#
        let reason = outcome == "rejected" ? #""reason":"callback_returned_false","# : ""
        return #"{"event":"\#(outcome)",\#(service)\#(name)\#(reason)"time":\#(time),"ip":"10.0.0.\#(number(9))"}"#
    }
}
