import TestSupport
import Testing

@testable import AuditEvents

@Suite("Fingerprints' digits are counted")
struct HexadecimalTests {
    /// The rule said plainly: digits, and colons between pairs only.
    private static func plain(_ text: [UInt8]) -> Int? {
        var count = 0
        for (index, byte) in text.enumerated() {
            if byte == UInt8(ascii: ":") {
                guard index > 0, index + 1 < text.count, text[index - 1] != byte, count.isMultiple(of: 2) else {
                    return nil
                }
            } else {
                guard Hexadecimal.value(byte) != nil else { return nil }
                count += 1
            }
        }
        return text.isEmpty ? nil : count
    }

    @Test("Any text of digits, colons and others counts as the plain rule says")
    func random() {
        let seed = UInt64.random(in: 1...UInt64.max)
        print("seed \(seed)")
        var generator = SeededGenerator(seed: seed)
        let digits = Array("0123456789abcdefABCDEF".utf8)
        for round in 0..<20_000 {
            var text: [UInt8] = []
            let pairs = Int.random(in: 0...32, using: &generator)
            for pair in 0..<pairs {
                if round.isMultiple(of: 2), pair > 0 { text.append(UInt8(ascii: ":")) }
                for _ in 0..<2 { text.append(digits[Int.random(in: 0..<22, using: &generator)]) }
            }
            if round % 4 > 1, !text.isEmpty {
                let place = Int.random(in: 0..<text.count, using: &generator)
                let bytes: [UInt8] = [
                    UInt8(ascii: ":"), UInt8.random(in: 0...255, using: &generator), 0x40, 0x60, 0x67,
                ]
                text[place] = bytes[Int.random(in: 0..<bytes.count, using: &generator)]
            }
            let found = text.withUnsafeBytes { Hexadecimal.digits(in: $0) }
            #expect(found == Self.plain(text), "\(String(decoding: text, as: UTF8.self))")
        }
    }

    @Test("Every byte that is no digit is refused at every place of a fingerprint")
    func strangers() {
        for separator in ["", ":"] {
            let text = Array(Array(repeating: "aF", count: 20).joined(separator: separator).utf8)
            #expect(text.withUnsafeBytes { Hexadecimal.digits(in: $0) } == 40)
            for place in text.indices {
                for byte in UInt8.min...UInt8.max where Hexadecimal.value(byte) == nil && byte != text[place] {
                    var changed = text
                    changed[place] = byte
                    let found = changed.withUnsafeBytes { Hexadecimal.digits(in: $0) }
                    #expect(found == Self.plain(changed), "\(byte) at \(place)")
                }
            }
        }
    }
}
