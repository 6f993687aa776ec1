/// A hash of bytes under a key that is drawn when it is made: a polynomial over the integers modulo 2^61 - 1.
///
/// Whoever does not know the key cannot choose texts that collide: for any two different texts of at most n bytes a
/// drawn key makes their sums equal with a probability below (n/7 + 2)/2^61 (Carter and Wegman 1979). Never
/// stored: another process has another key.
struct KeyedHash: Sendable {
    private static let prime: UInt64 = (1 << 61) - 1

    private let point: UInt64
    private let spread: UInt64

    /// Draws a key.
    init() {
        self.init(point: .random(in: (1 << 32)..<Self.prime), spread: .random(in: .min ... .max))
    }

    /// A hash with a given key: a point below 2^61 - 1, and what spreads the sum over 64 bits (made odd).
    init(point: UInt64, spread: UInt64) {
        self.point = point % Self.prime
        self.spread = spread | 1
    }

    /// The hash of a small number and bytes.
    @inline(__always)
    func callAsFunction(_ number: Int32, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
        // Length and number are one word; a text has less than 2^28 bytes.
        var sum = step(UInt64(UInt32(bitPattern: number)), UInt64(bytes.count & 0xFFF_FFFF) << 32)
        var place = 0
        // Seven bytes a step: each word lies below the prime, so that different texts are different polynomials.
        while place + 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            sum = step(sum, word & 0xFF_FFFF_FFFF_FFFF)
            place += 7
        }
        return finish(step(sum, Self.tail(bytes, from: place)))
    }

    /// The last bytes, at most seven, as one word.
    @inline(__always)
    private static func tail(_ bytes: UnsafeRawBufferPointer, from place: Int) -> UInt64 {
        var word: UInt64 = 0
        var place = place
        while place < bytes.count {
            word = word << 8 | UInt64(bytes[place])
            place += 1
        }
        return word
    }

    /// (sum + word) * point modulo the prime, not fully reduced: at most 2^61 + 3.
    @inline(__always)
    private func step(_ sum: UInt64, _ word: UInt64) -> UInt64 {
        let product = (sum &+ word).multipliedFullWidth(by: point)
        // 2^61 is 1 modulo the prime: what lies above bit 61 is added to what lies below.
        let folded = (product.low & Self.prime) &+ (product.high << 3 | product.low >> 61)
        return (folded & Self.prime) &+ (folded >> 61)
    }

    /// The sum in full reduction, spread over all bits, since tables take the low ones.
    @inline(__always)
    private func finish(_ sum: UInt64) -> UInt64 {
        let reduced = sum >= Self.prime ? sum &- Self.prime : sum
        let mixed = reduced &* spread
        return mixed ^ (mixed >> 32)
    }
}
