import Foundation

/// Random numbers that can be had again: the seed is printed, and `MTLSTOP_SEED` sets it (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    init(_ purpose: String) {
        let given = ProcessInfo.processInfo.environment["MTLSTOP_SEED"].flatMap { UInt64($0) }
        seed = given ?? UInt64.random(in: 0...UInt64.max)
        state = seed
        print("seed of \(purpose): \(seed)")
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Text that mixes letters with everything that makes trouble.
    mutating func hostileString(upTo length: Int) -> String {
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
    mutating func hostileBytes(upTo length: Int) -> [UInt8] {
        var bytes = Array(hostileString(upTo: length).utf8)
        for index in bytes.indices where Int.random(in: 0..<6, using: &self) == 0 {
            bytes[index] = UInt8.random(in: 0...255, using: &self)
        }
        return bytes
    }
}
