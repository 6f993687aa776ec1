import CertCore
import TestSupport
import Testing

@Suite("Moments")
struct TimestampTests {
    @Test(
        "RFC 3339 texts are read to the millisecond",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-11-23T13:00:00.123Z", 1_795_438_800_123),
            ("2026-11-23t13:00:00.1z", 1_795_438_800_100),
            ("2026-11-23 13:00:00.123999999Z", 1_795_438_800_123),
            ("2026-11-23T14:30:00+01:30", 1_795_438_800_000),
            ("2026-11-23T08:00:00-05:00", 1_795_438_800_000),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000),
            ("2000-02-29T23:59:59Z", 951_868_799_000),
            ("1969-12-31T23:59:59.999Z", -1),
            ("2016-12-31T23:59:60Z", 1_483_228_800_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
            ("0000-01-01T00:00:00Z", -62_167_219_200_000),
        ] as [(String, Int64)]
    )
    func reads(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "", "2026", "2026-11-23", "2026-11-23T13:00Z", "2026-11-23T13:00:00", "2026-13-01T00:00:00Z",
            "2026-00-01T00:00:00Z", "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
            "2026-11-00T00:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T13:60:00Z", "2026-11-23T13:00:61Z",
            "2026-11-23T13:00:60Z", "2026-11-23T13:00:00.Z", "2026-11-23T13:00:00+0100", "2026-11-23T13:00:00+24:00",
            "2026-11-23T13:00:00+01:60", "2026-11-23T13:00:00Zx", " 2026-11-23T13:00:00Z", "2026-11-23T13:00:00,5Z",
            "-026-11-23T13:00:00Z", "+2026-11-23T13:00:00Z", "２026-11-23T13:00:00Z", "2026-11-23T13:00:00\0Z",
        ]
    )
    func refuses(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test("What is written can be read again, on any day of ten thousand years")
    func writesWhatItReads() {
        var generator = SystemRandomNumberGenerator()
        let seed = generator.next()
        var random = SeededGenerator(seed: seed)
        for _ in 0..<5000 {
            let moment = Timestamp(milliseconds: .random(in: -62_167_219_200_000...253_402_300_799_999, using: &random))
            #expect(Timestamp(rfc3339: moment.rfc3339) == moment, "seed \(seed)")
        }
    }

    @Test("The calendar knows leap years and weekdays")
    func knowsTheCalendar() {
        let leapDay = Timestamp(milliseconds: 1_709_164_800_000).civil
        #expect(leapDay.month == 2 && leapDay.day == 29 && leapDay.weekday == 4)
        #expect(Timestamp(milliseconds: 0).civil.weekday == 4)
        #expect(Timestamp(milliseconds: -1).civil.weekday == 3)
        #expect(CivilTime.days(inMonth: 2, year: 1900) == 28)
        #expect(CivilTime.days(inMonth: 2, year: 2000) == 29)
    }

    @Test("Arithmetic stops at the ends of the range")
    func saturates() {
        let last = Timestamp(milliseconds: .max)
        let first = Timestamp(milliseconds: .min)
        #expect(last.advanced(byMilliseconds: 1) == last)
        #expect(first.advanced(byMilliseconds: -1) == first)
        #expect(first - last == .min)
        #expect(last - first == .max)
        #expect(last.rfc3339.count == 24)
        #expect(first.rfc3339.count == 24)
    }
}
