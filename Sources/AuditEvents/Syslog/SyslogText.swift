/// A place in a syslog message, moving forward.
struct SyslogText {
    private let bytes: UnsafeRawBufferPointer
    private(set) var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// The byte at the place.
    var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    /// All from the place on.
    var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[offset...]) }

    /// Passes over `<PRI>`.
    mutating func skipPriority() -> Bool {
        var value = 0
        var digits = 0
        offset += 1
        while let byte = next, byte &- UInt8(ascii: "0") < 10, digits < 3 {
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
            digits += 1
            offset += 1
        }
        guard digits > 0, value <= 191, next == UInt8(ascii: ">") else { return false }
        offset += 1
        return true
    }

    /// Passes over the version of an RFC 5424 header and the space behind it.
    mutating func skipVersion() -> Bool {
        guard next == UInt8(ascii: "1"), offset + 1 < bytes.count, bytes[offset + 1] == 0x20 else { return false }
        offset += 2
        return true
    }

    /// The bytes up to the next space, which is passed over; nil at the end, and when there are none.
    mutating func word() -> UnsafeRawBufferPointer? {
        let start = offset
        while let byte = next, byte != 0x20 { offset += 1 }
        guard offset > start else { return nil }
        let word = UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
        if offset < bytes.count { offset += 1 }
        return word
    }

    /// Passes over `-` or `[id name="value"]…`, the space behind it and a byte order mark (RFC 5424 section 6.3).
    mutating func skipStructuredData() -> Bool {
        if next == UInt8(ascii: "-") {
            offset += 1
        } else {
            guard next == UInt8(ascii: "[") else { return false }
            while next == UInt8(ascii: "[") {
                guard skipElement() else { return false }
            }
        }
        if next == 0x20 { offset += 1 } else if next != nil { return false }
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { offset += 3 }
        return true
    }

    private mutating func skipElement() -> Bool {
        var isQuoted = false
        while let byte = next {
            offset += 1
            switch byte {
            case UInt8(ascii: "\\") where isQuoted: offset += offset < bytes.count ? 1 : 0
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "]") where !isQuoted: return true
            default: continue
            }
        }
        return false
    }

    /// Passes over `Nov 23 14:04:47 ` or an RFC 3339 time with the space behind it, if one is there.
    mutating func skipTimestamp() {
        if matches("Aaa 99 99:99:99 ") {
            offset += 16
        } else if matches("9999-99-99T99:99:99"), let space = rest.firstIndex(of: 0x20) {
            offset += space + 1
        }
    }

    /// Compares with a pattern: `A` and `a` are letters, `9` is a digit or a blank, the rest stands for itself.
    private func matches(_ pattern: StaticString) -> Bool {
        guard bytes.count - offset >= pattern.utf8CodeUnitCount else { return false }
        for index in 0..<pattern.utf8CodeUnitCount {
            let byte = bytes[offset + index]
            switch pattern.utf8Start[index] {
            case UInt8(ascii: "A"), UInt8(ascii: "a"):
                guard byte | 0x20 >= UInt8(ascii: "a"), byte | 0x20 <= UInt8(ascii: "z") else { return false }
            case UInt8(ascii: "9"):
                guard byte &- UInt8(ascii: "0") < 10 || byte == 0x20 else { return false }
            case let other:
                guard byte == other else { return false }
            }
        }
        return true
    }

    /// The tag of `tag:` or `tag[pid]:`; nil when the word is none.
    static func tag(_ word: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        guard word.last == UInt8(ascii: ":"), word.count > 1 else { return nil }
        let end = word.firstIndex(of: UInt8(ascii: "[")) ?? word.count - 1
        return end > 0 ? UnsafeRawBufferPointer(rebasing: word[..<end]) : nil
    }
}
