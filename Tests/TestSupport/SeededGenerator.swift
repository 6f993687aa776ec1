import Glibc

/// Random numbers that can be had again: the seed is printed, and `MTLSTOP_SEED` sets it (SplitMix64).
package struct SeededGenerator: RandomNumberGenerator {
    /// The seed it began with, for what a failing test prints.
    package let seed: UInt64
    private var state: UInt64

    /// A generator that begins at a seed which the test prints itself.
    package init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// A generator with the seed of `MTLSTOP_SEED`, or one drawn anew, printed with what it is for.
    package init(_ purpose: String) {
        self.init(seed: Self.seed(purpose))
    }

    /// The seed of `MTLSTOP_SEED`, or one drawn anew, printed with what it is for.
    package static func seed(_ purpose: String) -> UInt64 {
        let given = getenv("MTLSTOP_SEED").flatMap { UInt64(String(cString: $0)) }
        let seed = given ?? .random(in: 0 ... .max)
        print("\(purpose): MTLSTOP_SEED=\(seed)")
        return seed
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Text that mixes letters with everything that makes trouble.
    package mutating func hostileString(upTo length: Int) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...length, using: &self) { text.append(hostileScalar()) }
        return String(text)
    }

    private mutating func hostileScalar() -> Unicode.Scalar {
        let troubles: [Unicode.Scalar] = [
            "\\", "n", "x", "u", "{", "}", "e", "\"", "\u{1B}", "\n", "\u{9B}", "\u{202E}", "\u{200D}", "\u{FE0F}",
            "\u{301}", "\u{302}", "\u{E0041}", "界", "é", "\u{1F600}", "\u{1161}", " ", "\u{2028}",
        ]
        switch Int.random(in: 0..<10, using: &self) {
        case 0..<4: return Unicode.Scalar(UInt8.random(in: 0x20...0x7E, using: &self))
        case 4..<8: return troubles.randomElement(using: &self) ?? "a"
        default: return Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &self)) ?? "\u{FFFD}"
        }
    }

    /// Bytes that are often no UTF-8.
    package mutating func hostileBytes(upTo length: Int) -> [UInt8] {
        var bytes = Array(hostileString(upTo: length).utf8)
        for index in bytes.indices where Int.random(in: 0..<6, using: &self) == 0 {
            bytes[index] = UInt8.random(in: 0...255, using: &self)
        }
        return bytes
    }
}
