import AuditStore
import CertCore
import Testing

@Suite("Times as people write them")
struct TimeExpressionTests {
    // 2026-11-23T13:00:00.123Z
    private let now = Timestamp(milliseconds: 1_795_438_800_123)

    @Test(
        "A time",
        arguments: [
            ("now", "2026-11-23T13:00:00.123Z"), ("today", "2026-11-23T00:00:00.000Z"),
            ("yesterday", "2026-11-22T00:00:00.000Z"), ("1h", "2026-11-23T12:00:00.123Z"),
            ("1d12h", "2026-11-22T01:00:00.123Z"), ("2026-11-20", "2026-11-20T00:00:00.000Z"),
            ("2026-11-20T07:30", "2026-11-20T07:30:00.000Z"), ("2026-11-20 07:30:15", "2026-11-20T07:30:15.000Z"),
            ("2026-11-20T07:30:15+02:00", "2026-11-20T05:30:15.000Z"),
        ]
    )
    func time(_ text: String, _ expected: String) {
        #expect(TimeExpression.time(text, now: now)?.rfc3339 == expected)
    }

    @Test(
        "What is no time",
        arguments: ["", "soon", "1", "h", "1x", "-1h", "2026-13-01", "99999999999999999999d", "1h!"]
    )
    func noTime(_ text: String) {
        #expect(TimeExpression.time(text, now: now) == nil)
    }

    @Test(
        "A duration",
        arguments: [
            ("250ms", 250), ("90s", 90_000), ("5m", 300_000), ("2w", 1_209_600_000), ("1y", 31_536_000_000),
            ("1h30m", 5_400_000),
        ] as [(String, Int64)]
    )
    func duration(_ text: String, _ milliseconds: Int64) {
        #expect(TimeExpression.duration(text) == milliseconds)
    }
}
