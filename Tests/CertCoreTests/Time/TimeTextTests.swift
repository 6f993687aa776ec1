import CertCore
import Testing

@Suite("Many times as text")
struct TimeTextTests {
    @Test("Whatever came before, a time is written as RFC 3339 has it")
    func agrees() {
        var text = TimeText()
        var state: UInt64 = 20_261_123
        var time: Int64 = -70_000
        for step in 0..<5000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            time += Int64(state >> 33) % (step.isMultiple(of: 50) ? 1_000_000_007 : 4001) - 1200
            let written = String(decoding: text.bytes(of: Timestamp(milliseconds: time)), as: UTF8.self)
            #expect(written == Timestamp(milliseconds: time).rfc3339, "seed 20261123, step \(step)")
        }
    }
}
