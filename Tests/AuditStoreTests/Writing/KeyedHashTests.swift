import TestSupport
import Testing

@testable import AuditStore

@Suite("Hashes of names under a key")
struct KeyedHashTests {
    private static let key = KeyedHash(point: 0x0123_4567_89AB_CDEF, spread: 0x9E37_79B9_7F4A_7C15)

    private static func hash(_ bytes: [UInt8], kind: Int32 = 1, _ key: KeyedHash = key) -> UInt64 {
        bytes.withUnsafeBytes { key(kind, $0) }
    }

    /// The same sum with whole numbers of any size's rules: one step a word, fully reduced each time.
    private static func slowSum(_ bytes: [UInt8], kind: Int32, point: UInt64) -> UInt64 {
        let prime: UInt128 = (1 << 61) - 1
        var words: [UInt64] = []
        var rest = bytes[...]
        while rest.count >= 8 {
            words.append(rest.prefix(7).reversed().reduce(0) { $0 << 8 | UInt64($1) })
            rest = rest.dropFirst(7)
        }
        words.append(rest.reduce(0) { $0 << 8 | UInt64($1) })
        var sum = (UInt128(bytes.count) << 32 + UInt128(UInt32(bitPattern: kind))) * UInt128(point) % prime
        for word in words { sum = (sum + UInt128(word)) * UInt128(point) % prime }
        return UInt64(sum)
    }

    @Test("the hash is the polynomial that its doc comment names, for every length up to 300 bytes")
    func isThePolynomial() {
        let seed = UInt64.random(in: .min ... .max)
        var random = SeededGenerator(seed: seed)
        let point = random.next() >> 4
        let key = KeyedHash(point: point, spread: 1)
        for length in 0...300 {
            let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let sum = Self.slowSum(bytes, kind: -7, point: point % ((1 << 61) - 1))
            #expect(Self.hash(bytes, kind: -7, key) == sum ^ (sum >> 32), "seed \(seed), length \(length)")
        }
        let full = [UInt8](repeating: 0xFF, count: 300)
        let sum = Self.slowSum(full, kind: -1, point: point % ((1 << 61) - 1))
        #expect(Self.hash(full, kind: -1, key) == sum ^ (sum >> 32), "seed \(seed)")
    }

    @Test("texts that differ in one byte, in length by zero bytes, or in kind have different hashes")
    func tellsTextsApart() {
        var seen: Set<UInt64> = []
        var count = 0
        for length in 0...40 {
            let zeros = [UInt8](repeating: 0, count: length)
            seen.insert(Self.hash(zeros))
            seen.insert(Self.hash(zeros, kind: 2))
            count += 2
            for place in zeros.indices {
                var bytes = zeros
                bytes[place] = 1
                seen.insert(Self.hash(bytes))
                count += 1
            }
        }
        #expect(seen.count == count)
    }

    @Test("low bits of hashes of numbered names fill a table evenly")
    func spreadsLowBits() {
        var used: Set<UInt64> = []
        for number in 0..<4_096 { used.insert(Self.hash(Array("/v1/things/\(number)".utf8)) & 4_095) }
        // Of 4,096 drawn places 1 - 1/e are met: 2,589, give or take 31.
        #expect((2_350...2_850).contains(used.count), "\(used.count) places")
    }

    @Test("another key gives other hashes")
    func dependsOnTheKey() {
        let bytes = Array("checkout.example".utf8)
        #expect(Self.hash(bytes) != Self.hash(bytes, KeyedHash(point: 0x1234_5678_9ABC_DEF0, spread: 0x1357)))
    }
}
